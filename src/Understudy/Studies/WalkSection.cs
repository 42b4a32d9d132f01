using System.ComponentModel.DataAnnotations;
using Understudy.Classification;
using Understudy.Sampling.Inversion;
using Understudy.Sampling.Walk;

namespace Understudy.Studies;

/// <summary>Compares what may be released from one latent space: straight walks, PLAN, k-same, and PLAN between means of k.</summary>
public sealed record WalkSection : WalkOptions
{
    /// <summary>Id of the method to walk in; null for the first that has latent vectors.</summary>
    public string? Method { get; init; }

    /// <summary>Identities behind a released mean, for each k of the sweep.</summary>
    [Range(2, 1000)]
    public IReadOnlyList<int> K { get; init; } = [2, 5, 10, 15];

    /// <summary>Images of each release but those of k-same alone, which has one for each group; 0 for as many as there are members.</summary>
    [Range(0, 1_000_000)]
    public int Images { get; init; }

    /// <summary>Classifiers trained on each release.</summary>
    [Range(1, 100)]
    public int Repeats { get; init; } = 5;

    /// <summary>How the members are inverted before they are grouped.</summary>
    public InversionOptions Inversion { get; init; } = new() { Iterations = 500, Restarts = 1, CorrectionIterations = 0 };

    /// <summary>The training of the identity classifiers: the one that PLAN walks away from and the one that judges it.</summary>
    public IdentityOptions Identity { get; init; } = new();
}
