using Understudy.Data;

namespace Understudy.Tests.Generation.Dual;

/// <summary>Made-up pairs: bright ellipses on dark, with their masks.</summary>
internal static class Pairs
{
    public static ImageSet Ellipses(int count, int side = 32, int channels = 1, int seed = 1)
    {
        var random = new Random(seed);
        var shape = new ImageShape(channels, side, side);
        var (images, masks) = (new byte[count * shape.Length], new byte[count * side * side]);
        for (var i = 0; i < count; i++)
        {
            var (x0, y0, a, b) = (side * (0.35 + 0.3 * random.NextDouble()), side * (0.35 + 0.3 * random.NextDouble()), side * (0.15 + 0.15 * random.NextDouble()), side * (0.15 + 0.15 * random.NextDouble()));
            for (var p = 0; p < side * side; p++)
            {
                var isInside = Math.Pow((p % side - x0) / a, 2) + Math.Pow((p / side - y0) / b, 2) < 1;
                masks[i * side * side + p] = isInside ? byte.MaxValue : (byte)0;
                for (var c = 0; c < channels; c++) images[i * shape.Length + c * side * side + p] = (byte)(random.Next(30) + (isInside ? 180 : 30));
            }
        }
        return ImagePairs.Join(new ImageSet(shape, images), new ImageSet(new ImageShape(1, side, side), masks));
    }

    /// <summary>Ellipses over stripes whose width, direction and shade are each image's own.</summary>
    public static ImageSet Textured(int count, int seed)
    {
        var pairs = Ellipses(count, seed: seed);
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var (u, v, phase, shade) = (random.NextDouble() - 0.5, random.NextDouble() - 0.5, 6 * random.NextDouble(), random.Next(60, 120));
            for (var p = 0; p < 1024; p++)
            {
                var isInside = pairs.Pixels[(2 * i + 1) * 1024 + p] != 0;
                pairs.Pixels[2 * i * 1024 + p] = (byte)((isInside ? 60 : 0) + shade + 40 * Math.Sin(u * (p % 32) + v * (p / 32) + phase));
            }
        }
        return pairs;
    }
}
