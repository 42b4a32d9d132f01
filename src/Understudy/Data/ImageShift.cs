namespace Understudy.Data;

/// <summary>Moves what images show.</summary>
public static class ImageShift
{
    /// <summary>A copy of every image moved within its frame; pixels that come into view are 0.</summary>
    /// <param name="images">The images.</param>
    /// <param name="down">Rows, negative for up.</param>
    /// <param name="right">Columns, negative for left.</param>
    public static ImageSet By(ImageSet images, int down, int right)
    {
        var (channels, height, width) = images.Shape;
        var moved = new byte[images.Pixels.Length];
        for (var plane = 0; plane < images.Count * channels; plane++)
        {
            for (var y = Math.Max(0, down); y < Math.Min(height, height + down); y++)
            {
                for (var x = Math.Max(0, right); x < Math.Min(width, width + right); x++)
                    moved[(plane * height + y) * width + x] = images.Pixels[(plane * height + y - down) * width + x - right];
            }
        }
        return new ImageSet(images.Shape, moved, images.Labels, images.Labels is null ? null : images.ClassNames, images.Groups);
    }
}
