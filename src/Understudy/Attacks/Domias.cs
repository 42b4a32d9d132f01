using Understudy.Attacks.Densities;
using Understudy.Attacks.Features;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Attacks;

/// <summary>
/// DOMIAS: a record is suspect where the release is denser than real data are (van Breugel, Sun, Qian and van der Schaar, "Membership
/// inference attacks against synthetic data through overfitting detection", AISTATS 2023, equation 2).
/// </summary>
/// <param name="options">Features and density; null for kernels on 16 principal components.</param>
public sealed class Domias(DomiasOptions? options = null) : Attack
{
    private readonly DomiasOptions _options = options ?? new DomiasOptions();

    /// <inheritdoc/>
    public override AttackCard Card => new("domias", "van Breugel, Sun, Qian, van der Schaar: DOMIAS, AISTATS 2023, arXiv 2302.12580", "dataset",
        NeedsReference: true, $"log p_S(x) - log p_R(x), {(_options.Density == DensityEstimator.Kernel ? "kernel densities" : "flows")} of {_options.FeatureName}");

    /// <inheritdoc/>
    /// <exception cref="InputException">There is no reference.</exception>
    public override double[] Score(ImageSet released, ImageSet candidates, ImageSet? reference, ulong seed)
    {
        var known = RequireReference(reference);
        using var space = FeatureSpace.Create(_options, released, known, seed);
        var queries = space.Map(candidates);
        var inRelease = LogDensity(space.Map(released), queries, Seed.Derive(seed, "release"));
        return [.. inRelease.Zip(LogDensity(space.Map(known), queries, Seed.Derive(seed, "reference")), (s, r) => s - r)];
    }

    private double[] LogDensity(FeatureMatrix records, FeatureMatrix queries, ulong seed)
    {
        if (_options.Density == DensityEstimator.Kernel) return new KernelDensity(records).LogDensity(queries);
        using var flow = FlowDensity.Fit(records, _options.FlowSteps, seed);
        return flow.LogDensity(queries);
    }
}
