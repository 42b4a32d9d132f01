namespace Understudy.Sampling.Walk;

/// <summary>What PLAN found.</summary>
/// <param name="Paths">The walks.</param>
/// <param name="Losses">[steps] the loss of the paths, a path on average, before each step.</param>
/// <param name="ClampedShare">Share of the pixels of the final images that lay outside [-1, 1]: there the classifiers gave no gradient.</param>
public sealed record PlanResult(LatentPaths Paths, IReadOnlyList<double> Losses, double ClampedShare);
