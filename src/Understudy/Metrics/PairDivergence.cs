using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>How unlike two sets of images and masks are, one quantity at a time.</summary>
/// <param name="Quantity">What is compared.</param>
/// <param name="RealToSynthetic">KL(real ‖ synthetic), nats: large where synthetic data lack what is real.</param>
/// <param name="SyntheticToReal">KL(synthetic ‖ real), nats: large where they show what is not real.</param>
public sealed record PairDivergence(string Quantity, double RealToSynthetic, double SyntheticToReal)
{
    private const int Intensities = 256;
    private const int Bins = 16;

    /// <summary>Compares intensities in 256 bins, and of masks the foreground, the pieces, the skeleton's length and the orientation in 16 bins each.</summary>
    /// <param name="real">Pairs of images and masks.</param>
    /// <param name="synthetic">Pairs of the same shape.</param>
    public static IReadOnlyList<PairDivergence> Measure(ImageSet real, ImageSet synthetic)
    {
        var (ours, theirs) = (Geometries(real), Geometries(synthetic));
        return
        [
            new("intensity", HistogramDivergence.OfCounts(Histogram(real), Histogram(synthetic)), HistogramDivergence.OfCounts(Histogram(synthetic), Histogram(real))),
            Of("mask: foreground", mask => mask.Foreground),
            Of("mask: components", mask => mask.Components),
            Of("mask: skeleton length", mask => mask.SkeletonLength),
            Of("mask: orientation", mask => mask.Orientation),
        ];

        PairDivergence Of(string quantity, Converter<MaskGeometry, double> value)
        {
            double[] p = Array.ConvertAll(ours, value), q = Array.ConvertAll(theirs, value);
            return new(quantity, HistogramDivergence.OfValues(p, q, Bins), HistogramDivergence.OfValues(q, p, Bins));
        }
    }

    /// <summary>The geometry of every mask of a set of pairs.</summary>
    internal static MaskGeometry[] Geometries(ImageSet pairs)
    {
        var geometries = new MaskGeometry[pairs.Count];
        Parallel.For(0, pairs.Count, Cores.All, i => geometries[i] = MaskGeometry.Of(ImagePairs.Mask(pairs, i), pairs.Shape.Width));
        return geometries;
    }

    private static long[] Histogram(ImageSet pairs)
    {
        var counts = new long[Intensities];
        for (var i = 0; i < pairs.Count; i++)
        {
            foreach (var value in pairs.Image(i)[..pairs.Shape.WithoutMask.Length]) counts[value]++;
        }
        return counts;
    }
}
