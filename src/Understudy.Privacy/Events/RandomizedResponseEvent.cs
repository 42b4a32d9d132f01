namespace Understudy.Privacy.Events;

/// <summary>k-ary randomized response: the true category with probability 1 − p, otherwise one of the k uniformly (the truth included).</summary>
/// <param name="NoiseProbability">p in [0, 1]; 0 tells the truth.</param>
/// <param name="Categories">k ≥ 2.</param>
public sealed record RandomizedResponseEvent(double NoiseProbability, int Categories) : PrivacyEvent
{
    /// <summary>p in [0, 1].</summary>
    public double NoiseProbability { get; } = Require.Probability(NoiseProbability);

    /// <summary>k ≥ 2.</summary>
    public int Categories { get; } = (int)Require.AtLeast(2, Categories);
}
