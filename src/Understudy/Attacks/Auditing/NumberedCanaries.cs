using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Attacks.Auditing;

/// <summary>
/// Gradient canaries that go through a private training as records do: black images that spell a number, whose loss is that entry of a table beside the network. So each
/// one's gradient is a single coordinate that no other record touches, as long as it likes to be, and is sampled, clipped and noised like any other.
/// </summary>
/// <remarks>Nasr et al., "Tight auditing of differentially private machine learning", USENIX Security 2023, section 4.2, with a canary a coordinate for one run.</remarks>
public sealed class NumberedCanaries : Module
{
    /// <summary>Values of an image that the number and its mark take.</summary>
    public const int Marked = 4;

    private const int Base = byte.MaxValue + 1;

    private readonly double scale;
    private readonly Embedding table;

    /// <summary>Makes the table.</summary>
    /// <param name="count">m.</param>
    /// <param name="gradientLength">L2 norm of a canary's gradient before it is clipped; more than the bound, so that clipping is audited too.</param>
    public NumberedCanaries(int count, double gradientLength)
    {
        scale = gradientLength;
        table = AddModule("table", new Embedding(count, 1));
    }

    /// <summary>Sum of the gradients [m] that were set since the table was made: an optimiser that does not hold the table leaves them there.</summary>
    public float[] Sum => table.Weight.Grad is { } sum ? sum.ToArray<float>() : new float[table.Weight.Size(0)];

    /// <summary>The images, with the first class where there are classes: it plays no part.</summary>
    /// <param name="like">The data that they are to be put into: shape and classes.</param>
    /// <param name="count">m, at most 65,536.</param>
    /// <exception cref="InputException">They do not fit.</exception>
    public static ImageSet Images(ImageSet like, int count)
    {
        if (like.Shape.Length <= Marked || count > Base * Base)
            throw new InputException($"{count} numbered canaries do not fit into images of {like.Shape}; ask for {Base * Base} at most, in images of more than {Marked} values");
        var pixels = new byte[count * like.Shape.Length];
        for (var i = 0; i < count; i++)
        {
            var image = pixels.AsSpan(i * like.Shape.Length, Marked);
            (image[0], image[2], image[3]) = (byte.MaxValue, (byte)(i / Base), (byte)(i % Base));
        }
        return new ImageSet(like.Shape, pixels, like.Labels is null ? null : new int[count], like.Labels is null ? null : like.ClassNames,
            like.Groups is null ? null : [.. Enumerable.Range(0, count).Select(i => $"canary {i}")]);
    }

    /// <summary>The loss [B] of each record: that of the network for images, that of the table for canaries.</summary>
    /// <param name="x">[B, C, H, W] in [-1, 1].</param>
    /// <param name="losses">[B] what the network loses on each.</param>
    public Tensor Losses(Tensor x, Tensor losses)
    {
        var values = ((x.Flatten(1) + 1) * (byte.MaxValue / 2.0)).Round(); // [B, D]
        var isCanary = values.Select(1, 0).Eq(byte.MaxValue).To(DType.Float32) * values.Select(1, 1).Eq(0).To(DType.Float32)
            * values.Narrow(1, Marked, values.Size(1) - Marked).Sum([1]).Eq(0).To(DType.Float32); // [B]
        var number = ((values.Select(1, 2) * Base) + values.Select(1, 3)) * isCanary;
        return ((1 - isCanary) * losses) + (isCanary * scale * table.Forward(number.To(DType.Int64)).Squeeze(1));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => table.Forward(x);
}
