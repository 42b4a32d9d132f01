using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Generation.Evolution;

/// <summary>Offers images of a public data set: a variation is an image near the given one, by pixels. A code is the number of an image.</summary>
/// <remarks>The nearest-image API of Lin et al., 2025, 2502.05505. Classes of the bank are not looked at: they need not be those of the records.</remarks>
/// <param name="bank">The public images.</param>
/// <param name="neighbours">Among how many nearest a variation of degree 1 is chosen.</param>
public sealed class ImageBank(ImageSet bank, int neighbours) : IVariationApi
{
    /// <inheritdoc/>
    public int CodeLength => 1;

    /// <inheritdoc/>
    public float[] Random(int[] labels, ulong seed)
    {
        var random = new SplitMix64(seed);
        return [.. labels.Select(_ => (float)random.NextInt(bank.Count))];
    }

    /// <inheritdoc/>
    public float[] Vary(float[] codes, int[] labels, double degree, ulong seed)
    {
        var random = new SplitMix64(seed);
        var among = Math.Min(bank.Count, Math.Max(1, (int)Math.Round(degree * neighbours)));
        // Images of the population are often the same; each is searched for once.
        var distinct = codes.Distinct().ToArray();
        var nearest = NearestNeighbours.Find(Render(distinct, labels), bank, among);
        var places = distinct.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return Array.ConvertAll(codes, code => (float)nearest[places[code] * among + random.NextInt(among)]);
    }

    /// <inheritdoc/>
    public ImageSet Render(float[] codes, int[] labels) => new(bank.Shape, bank.Subset(Array.ConvertAll(codes, code => (int)code)).Pixels);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The bank is not the API's.
    }
}
