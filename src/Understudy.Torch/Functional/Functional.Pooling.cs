namespace Understudy.Torch;

/// <content>Pooling: windows of the spatial dimensions become one element.</content>
public static partial class Functional
{
    private static readonly Operator MaxPool2dOp = new("aten::max_pool2d");
    private static readonly Operator MaxPool3dOp = new("aten::max_pool3d");
    private static readonly Operator AvgPool2dOp = new("aten::avg_pool2d");
    private static readonly Operator AvgPool3dOp = new("aten::avg_pool3d");
    private static readonly Operator AdaptiveAvgPool2dOp = new("aten::adaptive_avg_pool2d");
    private static readonly Operator AdaptiveAvgPool3dOp = new("aten::adaptive_avg_pool3d");

    /// <summary>The largest element of each window of [B, C, H, W] or [B, C, D, H, W].</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">Length of the window, one number a spatial dimension: two or three.</param>
    /// <param name="stride">Steps between the windows.</param>
    /// <param name="padding">-∞ added on both sides.</param>
    public static Tensor MaxPool(Tensor x, long[] kernel, long[] stride, long[] padding) =>
        Spatial(kernel, MaxPool2dOp, MaxPool3dOp).Call(x, kernel, stride, padding);

    /// <summary>The mean of each window of [B, C, H, W] or [B, C, D, H, W].</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">Length of the window, one number a spatial dimension: two or three.</param>
    /// <param name="stride">Steps between the windows.</param>
    /// <param name="padding">Zeros added on both sides, which count in the mean.</param>
    public static Tensor AvgPool(Tensor x, long[] kernel, long[] stride, long[] padding) =>
        Spatial(kernel, AvgPool2dOp, AvgPool3dOp).Call(x, kernel, stride, padding);

    /// <summary>The mean of windows chosen so that the output has the given lengths.</summary>
    /// <param name="x">[B, C, H, W] or [B, C, D, H, W].</param>
    /// <param name="size">Lengths of the output, one number a spatial dimension: two or three.</param>
    public static Tensor AdaptiveAvgPool(Tensor x, params long[] size) => Spatial(size, AdaptiveAvgPool2dOp, AdaptiveAvgPool3dOp).Call(x, size);

    private static Operator Spatial<T>(T[] lengths, Operator two, Operator three) => lengths.Length switch
    {
        2 => two,
        3 => three,
        _ => throw new ArgumentException($"there is an operator for 2 or 3 spatial dimensions, not for {lengths.Length}", nameof(lengths)),
    };
}
