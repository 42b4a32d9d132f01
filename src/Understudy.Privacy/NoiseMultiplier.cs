using System.Globalization;

namespace Understudy.Privacy;

/// <summary>
/// σ: noise standard deviation divided by C, the bound on one record's L2 contribution. It is relative to C under every neighbouring
/// relation; only an accountant turns it into a ratio to the sensitivity.
/// </summary>
public readonly record struct NoiseMultiplier : IComparable<NoiseMultiplier>
{
    /// <summary>Checks and wraps a value.</summary>
    /// <param name="value">In [0, ∞); 0 is no noise, and then no privacy.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or not a number.</exception>
    public NoiseMultiplier(double value) => Value = value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), $"the noise multiplier is {value.ToString(CultureInfo.InvariantCulture)}; it must be 0 or more and finite.");

    /// <summary>The number itself.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public int CompareTo(NoiseMultiplier other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
}
