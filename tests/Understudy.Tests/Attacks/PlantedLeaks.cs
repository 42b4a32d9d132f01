using Understudy.Attacks;

namespace Understudy.Tests.Attacks;

/// <summary>The attacks that planted leaks are tried on, each with what it must show.</summary>
/// <param name="Attack">The attack.</param>
/// <param name="Copier">The least AUC against a release that consists of the members.</param>
/// <param name="Copied">The least AUC of the few copied members against non-members.</param>
/// <param name="CopiedAtLowFpr">The least share of copied members found at an FPR of 1 %.</param>
internal sealed record PlantedLeaks(Attack Attack, double Copier, double Copied, double CopiedAtLowFpr)
{
    public static IReadOnlyDictionary<string, PlantedLeaks> All { get; } = new Dictionary<string, PlantedLeaks>
    {
        ["gan-leaks"] = new(new GanLeaks(), 0.999, 0.999, 1),
        ["gan-leaks pca"] = new(new GanLeaks(new GanLeaksOptions { Features = "pca" }), 0.999, 0.999, 1),
        ["gan-leaks-calibrated"] = new(new CalibratedGanLeaks(), 0.999, 0.98, 0.8),
        // One copy among the samples that chance puts into a ball as wide as the median is no more than a hint.
        ["monte-carlo"] = new(new MonteCarlo(), 0.999, 0.7, 0),
        ["monte-carlo narrow"] = new(new MonteCarlo(new MonteCarloOptions { Quantile = 0.05 }), 0.999, 0.95, 0),
        ["logan"] = new(new Logan(new LoganOptions { Steps = 120 }), 0.8, 0.75, 0),
        ["domias"] = new(new Domias(), 0.99, 0.99, 0.8),
        ["domias flow"] = new(new Domias(new DomiasOptions { Density = DensityEstimator.Flow, FlowSteps = 300 }), 0.7, 0.65, 0),
    };

    /// <summary>Every attack there is has a name here.</summary>
    public static TheoryData<string> Names => [.. All.Keys];
}
