using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Attacks;

/// <summary>
/// GAN-Leaks, full black box: a generator comes nearer to what it was trained on (Chen et al., "GAN-Leaks: a taxonomy of membership
/// inference attacks against generative models", CCS 2020, equation 5). The distance is L2 over pixels in [0, 1].
/// </summary>
public sealed class GanLeaks : Attack
{
    /// <summary>The card of every instance.</summary>
    public static AttackCard Description { get; } = new("gan-leaks",
        "Chen, Yu, Zhang, Fritz: GAN-Leaks, CCS 2020, arXiv 1909.03935", "dataset", NeedsReference: false, "-min over g in S of d(x, g)");

    /// <inheritdoc/>
    public override AttackCard Card => Description;

    /// <inheritdoc/>
    public override double[] Score(ImageSet released, ImageSet candidates, ImageSet? reference, ulong seed) =>
        [.. Distances(candidates, released).Select(distance => -distance)];

    /// <summary>[N] distance of each candidate to the nearest of a set.</summary>
    internal static double[] Distances(ImageSet candidates, ImageSet images) =>
        [.. NearestNeighbours.Find(candidates, images).SquaredDistances.Select(square => Math.Sqrt(square) / byte.MaxValue)];
}
