using System.ComponentModel.DataAnnotations;

namespace Understudy.Sampling.Walk;

/// <summary>A walk between latent vectors, and how PLAN bends it.</summary>
/// <remarks>The defaults are those of the published figure.</remarks>
public record WalkOptions
{
    private const double PublishedPoints = 50;

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

    /// <summary>Weight of L_dist, which holds the points together; with fewer points than the published 50 it holds them tighter (see <see cref="BalancedDistanceWeight"/>).</summary>
    [Range(0, 1e6)]
    public double DistanceWeight { get; init; } = 1;

    /// <summary>Weight of L_class, which keeps the class.</summary>
    [Range(0, 1e6)]
    public double ClassWeight { get; init; } = 1;

    /// <summary>Whether L_id and L_class are sums over chunks of four images of the chunk's mean, and 1e-6 is added to each difference, as in the authors' program; otherwise each image weighs a quarter.</summary>
    public bool AsPublished { get; init; }

    /// <summary>The weight of L_dist that lets a path of fewer points bend as far as the published weight of 1 lets one of 50: (T − 1)(T − 2)/(49 · 48).</summary>
    /// <remarks>
    /// For the same curve w(s), s from 0 to 1, Σ ‖w_{i+1} − w_i‖² is ∫ ‖w′‖² ds/(T − 1), while the sums over images grow with T − 2: at a weight of 1 a path of 12 points is 21 times as stiff.
    /// </remarks>
    /// <param name="points">T, at least 3.</param>
    public static double BalancedDistanceWeight(int points) => (points - 1) * (points - 2) / ((PublishedPoints - 1) * (PublishedPoints - 2));
}
