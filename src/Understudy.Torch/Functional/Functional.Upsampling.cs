namespace Understudy.Torch;

/// <content>Changes of resolution.</content>
public static partial class Functional
{
    private static readonly Operator UpsampleNearest2dOp = new("aten::upsample_nearest2d", "vec");
    private static readonly Operator UpsampleNearest3dOp = new("aten::upsample_nearest3d", "vec");
    private static readonly Operator UpsampleBilinear2dOp = new("aten::upsample_bilinear2d", "vec");
    private static readonly Operator UpsampleTrilinear3dOp = new("aten::upsample_trilinear3d", "vec");
    private static readonly Operator UpsampleBicubic2dOp = new("aten::upsample_bicubic2d", "vec");
    private static readonly Operator PixelShuffleOp = new("aten::pixel_shuffle");

    /// <summary>Each element repeated.</summary>
    /// <param name="x">[B, C, H, W] or [B, C, D, H, W].</param>
    /// <param name="scale">By which every spatial length is multiplied (and rounded down).</param>
    public static Tensor UpsampleNearest(Tensor x, double scale)
    {
        var scales = Scales(x, scale);
        return Spatial(scales, UpsampleNearest2dOp, UpsampleNearest3dOp).Call(x, Value.None, scales);
    }

    /// <summary>Linear interpolation along every spatial dimension, corners not aligned.</summary>
    /// <param name="x">[B, C, H, W] or [B, C, D, H, W].</param>
    /// <param name="scale">By which every spatial length is multiplied (and rounded down).</param>
    public static Tensor UpsampleLinear(Tensor x, double scale)
    {
        var scales = Scales(x, scale);
        return Spatial(scales, UpsampleBilinear2dOp, UpsampleTrilinear3dOp).Call(x, Value.None, false, scales);
    }

    /// <summary>Linear interpolation to given lengths, corners not aligned; no smoothing when it shrinks.</summary>
    /// <param name="x">[B, C, H, W] or [B, C, D, H, W].</param>
    /// <param name="size">Lengths of the output, one number a spatial dimension.</param>
    public static Tensor ResizeLinear(Tensor x, params long[] size) =>
        Spatial(size, UpsampleBilinear2dOp, UpsampleTrilinear3dOp).Call(x, size, false, Value.None);

    /// <summary>Cubic convolution (Keys 1981, a = -0.75) to given lengths, corners not aligned; no smoothing when it shrinks. It can overshoot the range of the input.</summary>
    /// <param name="x">[B, C, H, W].</param>
    /// <param name="size">Height and width of the output.</param>
    public static Tensor ResizeCubic(Tensor x, params long[] size) => UpsampleBicubic2dOp.Call(x, size, false, Value.None);

    /// <summary>Channels spread over space: [B, C·r², H, W] to [B, C, r·H, r·W] (Shi et al. 2016).</summary>
    public static Tensor PixelShuffle(Tensor x, long factor) => PixelShuffleOp.Call(x, factor);

    private static double[] Scales(Tensor x, double scale)
    {
        var scales = new double[x.Shape.Length - 2];
        Array.Fill(scales, scale);
        return scales;
    }
}
