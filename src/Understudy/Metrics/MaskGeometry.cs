namespace Understudy.Metrics;

/// <summary>What a binary mask shows: how much, in how many pieces, how long and which way.</summary>
/// <param name="Foreground">Share of the pixels that are foreground.</param>
/// <param name="Components">Pieces; pixels that touch at a corner hang together.</param>
/// <param name="SkeletonLength">Pixels of the skeleton.</param>
/// <param name="Orientation">Angle of the principal axis in [0, π), from the horizontal towards the lower edge; 0 where there is no direction.</param>
public readonly record struct MaskGeometry(double Foreground, int Components, int SkeletonLength, double Orientation)
{
    /// <summary>Measures one mask.</summary>
    /// <param name="mask">[H, W], 0 outside, anything else inside.</param>
    /// <param name="width">W.</param>
    public static MaskGeometry Of(ReadOnlySpan<byte> mask, int width)
    {
        var inside = new bool[mask.Length];
        for (var p = 0; p < mask.Length; p++) inside[p] = mask[p] != 0;
        return new MaskGeometry(inside.Count(v => v) / (double)mask.Length, Pieces(inside, width), Thinning.Skeleton(inside, width).Count(v => v), Axis(inside, width));
    }

    /// <summary>Counts pieces by 8-connectivity.</summary>
    internal static int Pieces(bool[] inside, int width)
    {
        var (height, seen, pieces) = (inside.Length / width, new bool[inside.Length], 0);
        var open = new Stack<int>();
        for (var start = 0; start < inside.Length; start++)
        {
            if (!inside[start] || seen[start]) continue;
            pieces++;
            seen[start] = true;
            open.Push(start);
            while (open.TryPop(out var p))
            {
                for (var y = Math.Max(0, p / width - 1); y <= Math.Min(height - 1, p / width + 1); y++)
                {
                    for (var x = Math.Max(0, p % width - 1); x <= Math.Min(width - 1, p % width + 1); x++)
                    {
                        var q = y * width + x;
                        if (!inside[q] || seen[q]) continue;
                        seen[q] = true;
                        open.Push(q);
                    }
                }
            }
        }
        return pieces;
    }

    /// <summary>½ atan2(2 μ₁₁, μ₂₀ - μ₀₂) of the central moments.</summary>
    private static double Axis(bool[] inside, int width)
    {
        double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
        for (var p = 0; p < inside.Length; p++)
        {
            if (!inside[p]) continue;
            var (y, x) = Math.DivRem(p, width);
            (n, sx, sy, sxx, syy, sxy) = (n + 1, sx + x, sy + y, sxx + x * x, syy + y * y, sxy + x * y);
        }
        if (n == 0) return 0;
        var (xx, yy, xy) = (sxx - sx * sx / n, syy - sy * sy / n, sxy - sx * sy / n);
        var angle = Math.Atan2(2 * xy, xx - yy) / 2;
        return angle < 0 ? angle + Math.PI : angle;
    }
}
