namespace Understudy.Classification;

/// <summary>The networks that tell identities apart; an auditor takes another than what it audits has used.</summary>
public enum IdentityNetwork
{
    /// <summary>Three residual blocks of 32, 64 and 128 channels; see <see cref="ResidualNetwork"/>.</summary>
    Residual,

    /// <summary>A plain convolutional network; see <see cref="Cnn"/>.</summary>
    Plain,
}
