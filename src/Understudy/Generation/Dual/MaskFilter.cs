using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Generation.Dual;

/// <summary>Tells masks that stage I has failed at: far too little or too much foreground, or torn to pieces.</summary>
/// <param name="Foreground">The median share of foreground of the masks to compare with that have any.</param>
/// <param name="Components">Their median number of pieces.</param>
public sealed record MaskFilter(double Foreground, double Components)
{
    private const double LeastShare = 0.2;
    private const double MostShare = 5;
    private const double MostPieces = 10;

    /// <summary>The filter that goes by the medians of some masks; empty ones, such as those of slices without a lesion, would say that nothing is right.</summary>
    /// <param name="masks">[N, 1, H, W]; where all are empty, every mask that is not passes.</param>
    public static MaskFilter Of(ImageSet masks)
    {
        var all = Enumerable.Range(0, masks.Count).Select(i => MaskGeometry.Of(masks.Image(i), masks.Shape.Width)).Where(mask => mask.Foreground > 0).ToArray();
        if (all.Length == 0) return new MaskFilter(0, 0);
        return new MaskFilter(Median(all.Select(mask => mask.Foreground)), Median(all.Select(mask => (double)mask.Components)));
    }

    /// <summary>Whether a mask [H, W] has 0.2 to 5 times the median's foreground, and at most ten times its pieces.</summary>
    public bool Keeps(ReadOnlySpan<byte> mask, int width)
    {
        var geometry = MaskGeometry.Of(mask, width);
        if (geometry.Foreground == 0 || Foreground == 0) return geometry.Foreground > 0;
        return geometry.Foreground >= LeastShare * Foreground && geometry.Foreground <= MostShare * Foreground
            && geometry.Components <= MostPieces * Math.Max(1, Components);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
