namespace Understudy.Data;

/// <summary>One volume of voxels, as a file holds it; x runs fastest.</summary>
public sealed class Volume
{
    /// <summary>Creates a volume over values that it then owns.</summary>
    /// <param name="width">Voxels along x.</param>
    /// <param name="height">Voxels along y.</param>
    /// <param name="depth">Voxels along z.</param>
    /// <param name="values">[Z, Y, X] row-major, finite.</param>
    /// <exception cref="ArgumentException">There is another number of values.</exception>
    public Volume(int width, int height, int depth, float[] values)
    {
        if (values.Length != (long)width * height * depth) throw new ArgumentException($"{values.Length} values for {width}x{height}x{depth} voxels");
        (Width, Height, Depth, Values) = (width, height, depth, values);
    }

    /// <summary>Voxels along x; from the patient's left to the right where a file is in canonical order.</summary>
    public int Width { get; }

    /// <summary>Voxels along y; from back to front.</summary>
    public int Height { get; }

    /// <summary>Voxels along z; from foot to head.</summary>
    public int Depth { get; }

    /// <summary>[Z, Y, X] row-major, finite.</summary>
    public float[] Values { get; }

    /// <summary>The size in words.</summary>
    public string Size => $"{Width}x{Height}x{Depth}";

    /// <summary>The number of slices across an axis.</summary>
    public int SliceCount(SliceAxis axis) => axis switch { SliceAxis.Sagittal => Width, SliceAxis.Coronal => Height, _ => Depth };

    /// <summary>One slice across an axis: sagittal [Z, Y], coronal [Z, X] or axial [Y, X].</summary>
    public (int Height, int Width, float[] Values) Slice(SliceAxis axis, int index)
    {
        var (rows, columns) = axis switch { SliceAxis.Sagittal => (Depth, Height), SliceAxis.Coronal => (Depth, Width), _ => (Height, Width) };
        var slice = new float[rows * columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var (x, y, z) = axis switch { SliceAxis.Sagittal => (index, c, r), SliceAxis.Coronal => (c, index, r), _ => (c, r, index) };
                slice[r * columns + c] = Values[(z * Height + y) * Width + x];
            }
        }
        return (rows, columns, slice);
    }
}
