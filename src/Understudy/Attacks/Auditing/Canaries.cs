using Understudy.Data;

namespace Understudy.Attacks.Auditing;

/// <summary>
/// Records made to be remembered, so that an audit sees nearer to the worst case than with natural records. Each is a function of a data set and
/// a seed alone.
/// </summary>
public static class Canaries
{
    /// <summary>Images of the data set with another class than their own.</summary>
    /// <param name="images">Labelled images of at least two classes; not those that are trained on, or the same image comes twice.</param>
    /// <param name="count">How many, at most as many as there are images.</param>
    /// <param name="seed">Same seed, same canaries.</param>
    /// <exception cref="InputException">There are too few images or classes.</exception>
    public static ImageSet Mislabelled(ImageSet images, int count, ulong seed)
    {
        if (images.Labels is null || images.ClassCount < 2) throw new InputException("mislabelled canaries need images of at least two classes");
        if (count > images.Count) throw new InputException($"{count} canaries cannot be made of {images.Count} images; ask for fewer");
        var random = new SplitMix64(seed);
        var chosen = images.Subset(random.Pick([.. Enumerable.Range(0, images.Count)], count));
        int[] labels = [.. chosen.Labels!.Select(label => (label + 1 + random.NextInt(images.ClassCount - 1)) % images.ClassCount)];
        return new ImageSet(images.Shape, chosen.Pixels, labels, images.ClassNames, Names(images, count));
    }

    /// <summary>Images of independent uniform noise, like no image of the data set but valid, of random classes where there are any.</summary>
    /// <inheritdoc cref="OneHot" path="/param"/>
    public static ImageSet OutOfDistribution(ImageSet like, int count, ulong seed)
    {
        var random = new SplitMix64(seed);
        var pixels = new byte[count * like.Shape.Length];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)random.NextInt(byte.MaxValue + 1);
        return Dress(like, pixels, count, random);
    }

    /// <summary>Images of independent black and white values: as far from one another as images can be, so that each is remembered by itself; of random classes where there are any.</summary>
    /// <inheritdoc cref="OneHot" path="/param"/>
    public static ImageSet BlackAndWhite(ImageSet like, int count, ulong seed)
    {
        var random = new SplitMix64(seed);
        var pixels = new byte[count * like.Shape.Length];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = random.NextInt(2) == 0 ? byte.MinValue : byte.MaxValue;
        return Dress(like, pixels, count, random);
    }

    /// <summary>
    /// Black images with one white value, each at a place of its own: the gradient of a linear layer on [0, 1] pixels is then non-zero at that
    /// coordinate alone, so that canaries do not disturb one another; of random classes where there are any.
    /// </summary>
    /// <param name="like">The data set that they are to be put into: shape and classes.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Same seed, same canaries.</param>
    /// <exception cref="InputException">There are more canaries than values in an image.</exception>
    public static ImageSet OneHot(ImageSet like, int count, ulong seed)
    {
        if (count > like.Shape.Length) throw new InputException($"{count} canaries do not fit into {like.Shape} values; ask for fewer");
        var random = new SplitMix64(seed);
        var places = Enumerable.Range(0, like.Shape.Length).ToArray();
        random.Shuffle(places.AsSpan());
        var pixels = new byte[count * like.Shape.Length];
        for (var i = 0; i < count; i++) pixels[i * like.Shape.Length + places[i]] = byte.MaxValue;
        return Dress(like, pixels, count, random);
    }

    private static ImageSet Dress(ImageSet like, byte[] pixels, int count, SplitMix64 random)
    {
        var labels = like.Labels is null ? null : Enumerable.Range(0, count).Select(_ => random.NextInt(like.ClassCount)).ToArray();
        return new ImageSet(like.Shape, pixels, labels, labels is null ? null : like.ClassNames, Names(like, count));
    }

    /// <summary>Every canary is a group of its own where the data have groups.</summary>
    private static string[]? Names(ImageSet like, int count) => like.Groups is null ? null : [.. Enumerable.Range(0, count).Select(i => $"canary {i}")];
}
