using System.Globalization;

namespace Understudy.Privacy;

/// <summary>q: the probability with which each record, independently, takes part in one step (Poisson sampling).</summary>
public readonly record struct SamplingRate : IComparable<SamplingRate>
{
    /// <summary>Every record takes part.</summary>
    public static readonly SamplingRate All = new(1);

    /// <summary>Checks and wraps a value.</summary>
    /// <param name="value">In [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1] or not a number.</exception>
    public SamplingRate(double value) => Value = value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), $"the sampling rate is {value.ToString(CultureInfo.InvariantCulture)}; it must lie in [0, 1].");

    /// <summary>The number itself.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public int CompareTo(SamplingRate other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
}
