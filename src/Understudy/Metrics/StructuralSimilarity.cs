using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>Structural similarity (SSIM) of images, over windows of 8×8 that overlap by half.</summary>
/// <remarks>Wang, Bovik, Sheikh, Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity", IEEE TIP 13(4), 2004, equation 13; K₁ = 0.01, K₂ = 0.03, L = 255, square windows.</remarks>
public static class StructuralSimilarity
{
    private const int Window = 8;
    private const int Step = 4;
    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;

    /// <summary>The mean over windows and channels, in [-1, 1]; 1 for equal images.</summary>
    /// <param name="a">[C, H, W].</param>
    /// <param name="b">[C, H, W].</param>
    /// <param name="shape">Their shape; where a side is below 8, the window is as large as the image.</param>
    public static double Of(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ImageShape shape)
    {
        var (height, width) = (Math.Min(Window, shape.Height), Math.Min(Window, shape.Width));
        double sum = 0;
        var windows = 0;
        for (var c = 0; c < shape.Channels; c++)
        {
            for (var y = 0; y + height <= shape.Height; y += Step)
            {
                for (var x = 0; x + width <= shape.Width; x += Step, windows++)
                    sum += Windowed(a, b, (c * shape.Height + y) * shape.Width + x, shape.Width, height, width);
            }
        }
        return sum / windows;
    }

    private static double Windowed(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int start, int stride, int height, int width)
    {
        long sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
        for (var y = 0; y < height; y++)
        {
            var row = start + y * stride;
            for (var x = 0; x < width; x++)
            {
                long va = a[row + x], vb = b[row + x];
                (sa, sb, saa, sbb, sab) = (sa + va, sb + vb, saa + va * va, sbb + vb * vb, sab + va * vb);
            }
        }
        double n = height * width;
        double ma = sa / n, mb = sb / n;
        double varA = saa / n - ma * ma, varB = sbb / n - mb * mb, covariance = sab / n - ma * mb;
        return (2 * ma * mb + C1) * (2 * covariance + C2) / ((ma * ma + mb * mb + C1) * (varA + varB + C2));
    }
}
