using System.ComponentModel.DataAnnotations;
using Understudy.Classification;
using Understudy.Sampling.Inversion;
using Understudy.Sampling.Walk;

namespace Understudy.Studies.Grids;

/// <summary>Samples from walks by PLAN, in the latent space of a method that has one: the images between the end points of each walk.</summary>
public sealed record PlanSection : WalkOptions
{
    /// <summary>k: walks go between means of the latent vectors of at least k members; null for draws of the generator.</summary>
    [Range(2, 1000)]
    public int? K { get; init; }

    /// <summary>How members are inverted where <see cref="K"/> asks for it.</summary>
    public InversionOptions Inversion { get; init; } = new() { Iterations = 200, Restarts = 1, CorrectionIterations = 0 };

    /// <summary>Training steps of the classifier that keeps a walk to its class.</summary>
    [Range(1, 10_000_000)]
    public int ClassifierSteps { get; init; } = 300;

    /// <summary>The training of the classifier that walks are bent away from.</summary>
    public IdentityOptions Identity { get; init; } = new();
}
