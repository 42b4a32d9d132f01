using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Generation.Networks;

/// <summary>A Laplacian pyramid: an image as its coarse version and the details that each doubling lacks.</summary>
/// <remarks>Burt, Adelson, IEEE Trans. Communications, 1983; means of 2×2 pixels on the way down, bilinear on the way up.</remarks>
public static class Pyramid
{
    private const int LeastSide = 7;

    /// <summary>Shapes of the levels, coarsest first: halved while both sides are even and stay at least 7.</summary>
    public static ImageShape[] Shapes(ImageShape shape)
    {
        var shapes = new List<ImageShape> { shape };
        while (shape.Height % 2 == 0 && shape.Width % 2 == 0 && Math.Min(shape.Height, shape.Width) >= 2 * LeastSide)
        {
            shape = shape with { Height = shape.Height / 2, Width = shape.Width / 2 };
            shapes.Insert(0, shape);
        }
        return [.. shapes];
    }

    /// <summary>Half the size: means of 2×2 pixels.</summary>
    public static Tensor Down(Tensor x) => Functional.AvgPool(x, [2, 2], [2, 2], [0, 0]);

    /// <summary>Twice the size: bilinear.</summary>
    public static Tensor Up(Tensor x) => Functional.UpsampleLinear(x, 2);
}
