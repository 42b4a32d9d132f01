namespace Understudy.Data.Formats;

/// <summary>The weights with which the samples of one axis are drawn from those of another length.</summary>
/// <param name="Start">[length] the first source sample that each result takes from.</param>
/// <param name="Weights">[length][] the weights from there on; they sum to one.</param>
internal sealed record Resampling(int[] Start, float[][] Weights)
{
    /// <summary>Area averaging where the axis shrinks, linear interpolation between sample centres where it grows.</summary>
    public static Resampling Of(int source, int target)
    {
        var start = new int[target];
        var weights = new float[target][];
        var scale = (double)source / target;
        for (var i = 0; i < target; i++)
        {
            if (target < source)
            {
                var (from, to) = (i * scale, (i + 1) * scale);
                start[i] = (int)from;
                var end = Math.Min(source, (int)Math.Ceiling(to - 1e-9));
                weights[i] = [.. Enumerable.Range(start[i], end - start[i]).Select(s => (float)((Math.Min(s + 1, to) - Math.Max(s, from)) / scale))];
            }
            else
            {
                var centre = Math.Clamp((i + 0.5) * scale - 0.5, 0, source - 1);
                start[i] = Math.Min((int)centre, Math.Max(0, source - 2));
                var second = (float)(centre - start[i]);
                weights[i] = source == 1 ? [1] : [1 - second, second];
            }
        }
        return new Resampling(start, weights);
    }

    /// <summary>Resamples rows and columns of every plane, rounding once at the end.</summary>
    /// <param name="planes">[planes, source rows, source columns].</param>
    /// <param name="rows">Weights of the rows.</param>
    /// <param name="columns">Weights of the columns.</param>
    /// <param name="height">Source rows.</param>
    /// <param name="width">Source columns.</param>
    /// <returns>[planes, target rows, target columns].</returns>
    public static byte[] Apply(byte[] planes, Resampling rows, Resampling columns, int height, int width)
    {
        var (targetHeight, targetWidth) = (rows.Start.Length, columns.Start.Length);
        var count = planes.Length / (height * width);
        var result = new byte[checked(count * targetHeight * targetWidth)];
        var narrowed = new float[height * targetWidth];
        for (var plane = 0; plane < count; plane++)
        {
            for (var y = 0; y < height; y++)
            {
                var row = planes.AsSpan((plane * height + y) * width, width);
                for (var x = 0; x < targetWidth; x++)
                {
                    var sum = 0f;
                    for (var k = 0; k < columns.Weights[x].Length; k++) sum += columns.Weights[x][k] * row[columns.Start[x] + k];
                    narrowed[y * targetWidth + x] = sum;
                }
            }
            var target = result.AsSpan(plane * targetHeight * targetWidth, targetHeight * targetWidth);
            for (var y = 0; y < targetHeight; y++)
            {
                for (var x = 0; x < targetWidth; x++)
                {
                    var sum = 0f;
                    for (var k = 0; k < rows.Weights[y].Length; k++) sum += rows.Weights[y][k] * narrowed[(rows.Start[y] + k) * targetWidth + x];
                    target[y * targetWidth + x] = (byte)Math.Clamp(sum + 0.5f, 0, 255);
                }
            }
        }
        return result;
    }
}
