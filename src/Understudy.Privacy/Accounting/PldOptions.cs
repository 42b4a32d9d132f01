namespace Understudy.Privacy.Accounting;

/// <summary>How finely the privacy-loss accountant works. No setting can make an answer unsafe; a coarser one only widens the bracket.</summary>
public sealed record PldOptions
{
    /// <summary>The step of the loss lattice; null lets the accountant choose one for <see cref="Tolerance"/>.</summary>
    public double? Step { get; init; }

    /// <summary>How much of ε the lattice may add, as a fraction; in (0, 0.1].</summary>
    public double Tolerance { get; init; } = 5e-5;
}
