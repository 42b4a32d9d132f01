using Understudy.Data;

namespace Understudy.Classification.Trees;

/// <summary>Images turned around, [P, N]: the values of one pixel in all images lie side by side, as a search for splits reads them.</summary>
internal sealed class PixelColumns
{
    private readonly byte[] values;

    public PixelColumns(ImageSet images)
    {
        (Rows, Count) = (images.Count, images.Shape.Length);
        values = new byte[images.Pixels.Length];
        for (var i = 0; i < Rows; i++)
        {
            var image = images.Image(i);
            for (var p = 0; p < Count; p++) values[(long)p * Rows + i] = image[p];
        }
    }

    /// <summary>N.</summary>
    public int Rows { get; }

    /// <summary>P.</summary>
    public int Count { get; }

    /// <summary>[N] one pixel's values.</summary>
    public ReadOnlySpan<byte> this[int pixel] => values.AsSpan(pixel * Rows, Rows);
}
