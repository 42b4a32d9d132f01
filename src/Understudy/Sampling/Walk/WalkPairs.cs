using Understudy.Metrics;

namespace Understudy.Sampling.Walk;

/// <summary>Pairs of end points of one class each, made by <see cref="EndPoints.Pairs"/>: no walk leads from one class to another.</summary>
public sealed class WalkPairs
{
    internal WalkPairs(FeatureMatrix starts, FeatureMatrix ends, int[] labels, IReadOnlyList<string> classNames) =>
        (Starts, Ends, Labels, ClassNames) = (starts, ends, labels, classNames);

    /// <summary>[P, nz] where the walks begin.</summary>
    public FeatureMatrix Starts { get; }

    /// <summary>[P, nz] where they end.</summary>
    public FeatureMatrix Ends { get; }

    /// <summary>[P] the class of each walk.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>[K] names of the classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>P.</summary>
    public int Count => Labels.Count;
}
