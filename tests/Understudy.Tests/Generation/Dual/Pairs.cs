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

    /// <summary>Trees of vessels that branch and taper from two pixels to one, dark on a bright disc with noise, as in a photograph of the retina.</summary>
    public static ImageSet Vessels(int count, int side, int seed = 1)
    {
        var random = new Random(seed);
        var shape = new ImageShape(3, side, side);
        var (images, masks) = (new byte[count * shape.Length], new byte[count * side * side]);
        for (var i = 0; i < count; i++)
        {
            var mask = masks.AsSpan(i * side * side, side * side);
            for (var tree = 0; tree < 3; tree++) Branch(mask, 0.1 * side, side * (0.3 + 0.4 * random.NextDouble()), random.NextDouble() - 0.5, 0.9, side / 4);
            for (var p = 0; p < side * side; p++)
            {
                var bright = Math.Pow(p % side - side / 2.0, 2) + Math.Pow(p / side - side / 2.0, 2) < side * side / 4.0 ? 150 : 20;
                for (var c = 0; c < 3; c++) images[i * shape.Length + c * side * side + p] = (byte)(Math.Max(0, bright / (c + 1) - (mask[p] != 0 ? 60 : 0)) + random.Next(20));
            }
        }
        return ImagePairs.Join(new ImageSet(shape, images), new ImageSet(new ImageShape(1, side, side), masks));

        void Branch(Span<byte> mask, double x, double y, double angle, double radius, int length)
        {
            for (var step = 0; step < length; step++)
            {
                (x, y, angle) = (x + Math.Cos(angle), y + Math.Sin(angle), angle + 0.3 * (random.NextDouble() - 0.5));
                for (var p = 0; p < mask.Length; p++)
                {
                    if (Math.Pow(p % side - x, 2) + Math.Pow(p / side - y, 2) < Math.Max(0.3, radius * radius)) mask[p] = byte.MaxValue;
                }
            }
            if (length < 4) return;
            Branch(mask, x, y, angle + 0.5, 0.7 * radius, 2 * length / 3);
            Branch(mask, x, y, angle - 0.5, 0.7 * radius, 2 * length / 3);
        }
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
