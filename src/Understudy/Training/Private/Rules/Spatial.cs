using Understudy.Torch;

namespace Understudy.Training.Private.Rules;

/// <summary>Shapes of images and volumes, [B, C, …].</summary>
internal static class Spatial
{
    /// <summary>Places of an image: the product of the lengths after the channels.</summary>
    public static long Places(long[] shape) => Product(shape[2..]);

    /// <summary>The product of lengths.</summary>
    public static long Product(long[] lengths) => lengths.Aggregate(1L, (product, length) => product * length);

    /// <summary>Each group of channels as an image of its own: [B, C, …] to [B·groups, C/groups, …].</summary>
    public static Tensor InGroups(Tensor x, long groups)
    {
        if (groups == 1) return x;
        var shape = x.Shape;
        return x.Reshape([shape[0] * groups, shape[1] / groups, .. shape[2..]]);
    }

    /// <summary>A number a channel of each sample, [S, C], so that it broadcasts over images [B, C, …].</summary>
    public static Tensor OverPlaces(Tensor perChannel, Tensor image)
    {
        var shape = new long[image.Shape.Length];
        Array.Fill(shape, 1L);
        (shape[0], shape[1]) = (perChannel.Size(0), perChannel.Size(1));
        return perChannel.Reshape(shape);
    }
}
