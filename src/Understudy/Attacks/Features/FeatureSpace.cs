using Understudy.Classification;
using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Attacks.Features;

/// <summary>The features in which an attack measures, made from nothing but what the adversary has.</summary>
internal abstract class FeatureSpace : IDisposable
{
    // A square root squared again must not fall below what it was taken of.
    private const double Rounding = 1e-12;

    /// <summary>The features that the options name.</summary>
    /// <param name="options">Name, and number of principal components.</param>
    /// <param name="released">The synthetic images.</param>
    /// <param name="reference">Images that the adversary knows, if any.</param>
    /// <param name="seed">Of the search for principal components.</param>
    /// <exception cref="InputException">The features are a file that is no TorchScript module.</exception>
    public static FeatureSpace Create(FeatureAttackOptions options, ImageSet released, ImageSet? reference, ulong seed) => options.Features switch
    {
        FeatureAttackOptions.Pixels => new PixelSpace(),
        FeatureAttackOptions.Pca => new PcaSpace(PrincipalComponents.Fit(
            reference is null ? [PixelSpace.Values(released)] : [PixelSpace.Values(released), PixelSpace.Values(reference)], options.Components, seed)),
        _ => new NetworkSpace(new ScriptFeatureExtractor(options.Features)),
    };

    /// <summary>The features of every image, [N, D].</summary>
    public abstract FeatureMatrix Map(ImageSet images);

    /// <summary>[Q] L2 distance of every query to the nearest reference.</summary>
    public virtual double[] NearestDistances(ImageSet queries, ImageSet references) =>
        [.. NearestNeighbours.Find(Map(queries), Map(references)).SquaredDistances.Select(Math.Sqrt)];

    /// <summary>[Q] number of references at most that far from every query; the radius may be a distance that <see cref="NearestDistances"/> gave.</summary>
    public virtual int[] CountWithin(ImageSet queries, ImageSet references, double radius)
    {
        FeatureMatrix centres = Map(references), points = Map(queries);
        return NearestNeighbours.CountBalls(points, centres, Enumerable.Repeat(radius * radius * (1 + Rounding), centres.Count).ToArray());
    }

    public virtual void Dispose()
    {
    }

    private sealed class PixelSpace : FeatureSpace
    {
        public static FeatureMatrix Values(ImageSet images) =>
            new(Array.ConvertAll(images.Pixels, value => value / (float)byte.MaxValue), images.Count, images.Shape.Length);

        public override FeatureMatrix Map(ImageSet images) => Values(images);

        // On bytes: exact, and several times as fast.
        public override double[] NearestDistances(ImageSet queries, ImageSet references) =>
            [.. NearestNeighbours.Find(queries, references).SquaredDistances.Select(square => Math.Sqrt(square) / byte.MaxValue)];

        public override int[] CountWithin(ImageSet queries, ImageSet references, double radius) =>
            NearestNeighbours.CountWithin(queries, references, Math.Pow(radius * byte.MaxValue, 2) * (1 + Rounding));
    }

    private sealed class PcaSpace(PrincipalComponents components) : FeatureSpace
    {
        public override FeatureMatrix Map(ImageSet images) => components.Project(PixelSpace.Values(images));
    }

    private sealed class NetworkSpace(ScriptFeatureExtractor network) : FeatureSpace
    {
        public override FeatureMatrix Map(ImageSet images) => network.Extract(images);

        public override void Dispose()
        {
            network.Dispose();
            base.Dispose();
        }
    }
}
