using System.Globalization;

namespace Understudy.Privacy;

/// <summary>The ε of (ε, δ)-differential privacy, in nats: how far apart two neighbouring data sets may push the log-odds of any outcome.</summary>
public readonly record struct Epsilon : IComparable<Epsilon>
{
    /// <summary>No bound at all.</summary>
    public static readonly Epsilon Infinite = new(double.PositiveInfinity);

    /// <summary>Checks and wraps a value.</summary>
    /// <param name="value">In [0, ∞].</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public Epsilon(double value) => Value = value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), $"epsilon is {value.ToString(CultureInfo.InvariantCulture)}; it must be 0 or more.");

    /// <summary>The number itself, in [0, ∞].</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public int CompareTo(Epsilon other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
}
