namespace Understudy.Data;

/// <summary>How large each part of <see cref="Splits"/> is.</summary>
/// <remarks>
/// A size in (0, 1] is a fraction, a whole number above 1 a count of images. Members, non-members and reference are taken from the pool: the
/// training and the validation part, or, where <see cref="Test"/> is given, what that leaves of all parts together. Fractions are of the pool.
/// </remarks>
public sealed record SplitOptions
{
    /// <summary>Size of the part that a synthesizer trains on.</summary>
    public double Members { get; init; } = 0.5;

    /// <summary>Size of the part held out for the attacks.</summary>
    public double NonMembers { get; init; } = 0.25;

    /// <summary>Size of the part that an attacker may know.</summary>
    public double Reference { get; init; } = 0.25;

    /// <summary>Size of the part that classifiers are tested on, of all images; null takes the official test part.</summary>
    public double? Test { get; init; }
}
