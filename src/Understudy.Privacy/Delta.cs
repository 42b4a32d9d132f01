using System.Globalization;

namespace Understudy.Privacy;

/// <summary>The δ of (ε, δ)-differential privacy: the probability mass that the ε bound may miss. Choose it well below 1/N.</summary>
public readonly record struct Delta : IComparable<Delta>
{
    /// <summary>Pure differential privacy.</summary>
    public static readonly Delta Zero;

    /// <summary>Checks and wraps a value.</summary>
    /// <param name="value">In [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1] or not a number.</exception>
    public Delta(double value) => Value = value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), $"delta is {value.ToString(CultureInfo.InvariantCulture)}; it must lie in [0, 1].");

    /// <summary>The number itself, in [0, 1].</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public int CompareTo(Delta other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
}
