namespace Understudy.Metrics;

/// <summary>
/// Whether the shares of the classes that a method has learnt are the members' own, to a thousandth of a record. They look harmless, and yet who knows all records but one
/// reads its class off.
/// </summary>
/// <remarks>
/// Noise of a standard deviation of half a record, as little as a count at ε = 10 and δ = 1e-5 takes, comes out so near with a probability of 0.0016; at ε = 1 of 0.0002. Several
/// seeds that all do leave no doubt.
/// </remarks>
/// <param name="Difference">The largest difference, over the classes, between the members' number and what the shares say it is; in records.</param>
public sealed record CountLeak(double Difference)
{
    private const double Tolerance = 1e-3;

    /// <summary>Whether no noise has been added to them.</summary>
    public bool IsExact => Difference < Tolerance;

    /// <summary>Compares them.</summary>
    /// <param name="shares">[K] shares that the method gives away with its model and its samples.</param>
    /// <param name="members">[N] classes of the members.</param>
    public static CountLeak Compare(IReadOnlyList<float> shares, IReadOnlyCollection<int> members) =>
        new(shares.Index().Max(pair => Math.Abs((pair.Item * (double)members.Count) - members.Count(label => label == pair.Index))));
}
