using System.Numerics;
using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Generation.Evolution;

/// <summary>Draws digits with strokes: ways of writing each, turned, slanted, stretched, moved and bent, with pens of all widths.</summary>
/// <remarks>A simulator in the place of a foundation model, as in Lin et al., "Differentially Private Synthetic Data via APIs 3", 2025, 2502.05505.</remarks>
public sealed class DigitSimulator : IVariationApi
{
    // What a code holds, each in [-1, 1].
    private const int Way = 0, Turn = 1, Slant = 2, Width = 3, Height = 4, Right = 5, Down = 6, Pen = 7, Bends = 8, Length = 12;

    private const int Digits = 10;
    private const float BoxShare = 20f / 28; // of an image's side, as MNIST's digits fill

    private readonly ImageShape shape;
    private readonly int[] digits; // of each class

    /// <summary>Prepares to draw.</summary>
    /// <param name="shape">Of an image: one channel.</param>
    /// <param name="classNames">Names of the classes, each a digit.</param>
    /// <exception cref="InputException">A class is no digit, or images have colours.</exception>
    public DigitSimulator(ImageShape shape, IReadOnlyList<string> classNames)
    {
        if (shape.Channels != 1) throw new InputException($"images are {shape}, and the simulator draws grey digits; take another 'source'");
        this.shape = shape;
        digits = [.. classNames.Select(name => name is [>= '0' and <= '9'] ? name[0] - '0' : throw new InputException($"class '{name}' is no digit, and the simulator draws digits; take another 'source'"))];
        if (digits.Length == 0) throw new InputException("images have no classes, and the simulator draws digits by class; take another 'source'");
    }

    /// <inheritdoc/>
    public int CodeLength => Length;

    /// <inheritdoc/>
    public float[] Random(int[] labels, ulong seed)
    {
        var random = new SplitMix64(seed);
        var codes = new float[labels.Length * Length];
        for (var i = 0; i < codes.Length; i++) codes[i] = Signed(random);
        return codes;
    }

    /// <inheritdoc/>
    public float[] Vary(float[] codes, int[] labels, double degree, ulong seed)
    {
        var random = new SplitMix64(seed);
        var varied = (float[])codes.Clone();
        for (var i = 0; i < varied.Length; i++)
        {
            if (i % Length != Way) varied[i] = Math.Clamp(varied[i] + ((float)degree * Signed(random)), -1, 1);
            // Another way of writing is no small step: it comes rarely, and less and less.
            else if (random.NextFraction() < degree * degree) varied[i] = Signed(random);
        }
        return varied;
    }

    /// <inheritdoc/>
    public ImageSet Render(float[] codes, int[] labels)
    {
        var pixels = new byte[labels.Length * shape.Length];
        Parallel.For(0, labels.Length, Cores.All, i => Draw(digits[labels[i]], codes.AsSpan(i * Length, Length), pixels.AsSpan(i * shape.Length, shape.Length)));
        return new ImageSet(shape, pixels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing outside of managed memory.
    }

    private static float Signed(SplitMix64 random) => (float)((2 * random.NextFraction()) - 1);

    private void Draw(int digit, ReadOnlySpan<float> code, Span<byte> image)
    {
        var ways = DigitStrokes.All[digit];
        var way = ways[Math.Min(ways.Length - 1, (int)((code[Way] + 1) / 2 * ways.Length))];
        var side = Math.Min(shape.Height, shape.Width);
        var radius = side * (0.045f + (0.025f * code[Pen]));
        var turn = Matrix3x2.CreateScale(side * BoxShare * (0.85f + (0.2f * code[Width])), side * BoxShare * (0.95f + (0.1f * code[Height])))
            * new Matrix3x2(1, 0, -0.15f - (0.35f * code[Slant]), 1, 0, 0)
            * Matrix3x2.CreateRotation(0.2f * code[Turn])
            * Matrix3x2.CreateTranslation((shape.Width / 2f) + (0.04f * side * code[Right]), (shape.Height / 2f) + (0.04f * side * code[Down]));
        foreach (var stroke in way)
        {
            var from = Placed(stroke[0], code, turn);
            foreach (var point in stroke.AsSpan(1))
            {
                var to = Placed(point, code, turn);
                Line(image, from, to, radius);
                from = to;
            }
        }
    }

    /// <summary>A point of a template in pixels: bent by slow waves, then carried along.</summary>
    private static Vector2 Placed(Vector2 point, ReadOnlySpan<float> code, Matrix3x2 carry)
    {
        var (x, y) = (point.X - 0.5f, point.Y - 0.5f);
        var bent = new Vector2(
            x + (0.08f * ((code[Bends] * MathF.Sin(2 * MathF.PI * y)) + (code[Bends + 1] * MathF.Cos(2 * MathF.PI * y) * x))),
            y + (0.08f * ((code[Bends + 2] * MathF.Sin(2 * MathF.PI * x)) + (code[Bends + 3] * MathF.Cos(2 * MathF.PI * x) * y))));
        return Vector2.Transform(bent, carry);
    }

    /// <summary>Brightens the pixels near a line, with a soft edge of one pixel.</summary>
    private void Line(Span<byte> image, Vector2 from, Vector2 to, float radius)
    {
        var reach = new Vector2(radius + 1);
        var (low, high) = (Vector2.Min(from, to) - reach, Vector2.Max(from, to) + reach);
        var along = to - from;
        var squared = Math.Max(along.LengthSquared(), 1e-9f);
        for (var row = Math.Max(0, (int)low.Y); row <= Math.Min(shape.Height - 1, (int)high.Y); row++)
        {
            for (var column = Math.Max(0, (int)low.X); column <= Math.Min(shape.Width - 1, (int)high.X); column++)
            {
                var pixel = new Vector2(column + 0.5f, row + 0.5f);
                var nearest = from + (along * Math.Clamp(Vector2.Dot(pixel - from, along) / squared, 0, 1));
                var brightness = (byte)(byte.MaxValue * Math.Clamp(radius + 0.5f - Vector2.Distance(pixel, nearest), 0, 1));
                ref var value = ref image[row * shape.Width + column];
                value = Math.Max(value, brightness);
            }
        }
    }
}
