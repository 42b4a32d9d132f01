using System.ComponentModel.DataAnnotations;

namespace Understudy.Sampling.Walk;

/// <summary>A walk between latent vectors, and how PLAN bends it.</summary>
/// <remarks>The defaults are those of the published figure.</remarks>
public record WalkOptions
{
    /// <summary>T: points of a path, both ends included.</summary>
    [Range(3, 10_000)]
    public int Points { get; init; } = 50;

    /// <summary>Steps of Adam.</summary>
    [Range(1, 1_000_000)]
    public int Steps { get; init; } = 500;

    /// <summary>Adam's learning rate; β are (0.9, 0.999).</summary>
    [Range(1e-8, 10)]
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Weight of L_id, which makes the identity classifier's answer flat.</summary>
    [Range(0, 1e6)]
    public double IdentityWeight { get; init; } = 0.1;

    /// <summary>Weight of L_dist, which holds the points together.</summary>
    [Range(0, 1e6)]
    public double DistanceWeight { get; init; } = 1;

    /// <summary>Weight of L_class, which keeps the class.</summary>
    [Range(0, 1e6)]
    public double ClassWeight { get; init; } = 1;

    /// <summary>Whether L_id and L_class are sums over chunks of four images of the chunk's mean, and 1e-6 is added to each difference, as in the authors' program; otherwise each image weighs a quarter.</summary>
    public bool AsPublished { get; init; }
}
