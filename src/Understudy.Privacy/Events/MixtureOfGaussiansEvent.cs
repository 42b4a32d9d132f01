namespace Understudy.Privacy.Events;

/// <summary>
/// A Gaussian sum in which one record's contribution has a random size: c_i with probability p_i, for example when a group's records are sampled.
/// </summary>
/// <param name="StandardDeviation">s &gt; 0, in the units of the sensitivities.</param>
/// <param name="Sensitivities">c_i ≥ 0.</param>
/// <param name="Probabilities">p_i ≥ 0, one a sensitivity, adding up to 1.</param>
public sealed record MixtureOfGaussiansEvent(double StandardDeviation, IReadOnlyList<double> Sensitivities, IReadOnlyList<double> Probabilities) : PrivacyEvent
{
    /// <summary>s &gt; 0.</summary>
    public double StandardDeviation { get; } = Require.Positive(StandardDeviation);

    /// <summary>c_i ≥ 0.</summary>
    public IReadOnlyList<double> Sensitivities { get; } = [.. Sensitivities.Select(c => Require.NonNegative(c))];

    /// <summary>p_i, adding up to 1.</summary>
    public IReadOnlyList<double> Probabilities { get; } =
        Probabilities.Count == Sensitivities.Count && Math.Abs(Probabilities.Sum() - 1) <= 1e-9
            ? [.. Probabilities.Select(p => Require.Probability(p))]
            : throw new ArgumentException($"there must be one probability a sensitivity ({Sensitivities.Count}) and they must add up to 1.");

    /// <summary>Equal in value, element by element.</summary>
    public bool Equals(MixtureOfGaussiansEvent? other) =>
        other is not null && StandardDeviation.Equals(other.StandardDeviation)
        && Sensitivities.SequenceEqual(other.Sensitivities) && Probabilities.SequenceEqual(other.Probabilities);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{nameof(MixtureOfGaussiansEvent)} {{ StandardDeviation = {StandardDeviation}, Sensitivities = [{string.Join(", ", Sensitivities)}], Probabilities = [{string.Join(", ", Probabilities)}] }}";

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StandardDeviation, Sensitivities.Count, Sensitivities.Sum());
}
