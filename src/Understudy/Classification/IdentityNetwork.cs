namespace Understudy.Classification;

/// <summary>The networks that tell identities apart; an auditor takes another than what it audits has used.</summary>
public enum IdentityNetwork
{
    /// <summary>A small residual network; see <see cref="ResidualCnn"/>.</summary>
    Residual,

    /// <summary>A plain convolutional network; see <see cref="Cnn"/>.</summary>
    Plain,
}
