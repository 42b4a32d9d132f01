using Understudy.Data;

namespace Understudy.Studies.Stages;

/// <summary>Codes of two numbers as points in the plane, a colour a class.</summary>
internal static class CodeScatter
{
    private const int Side = 360;
    private const int Point = 2;
    // Ten colours that colour-blind readers tell apart about as well as ten can be (Tableau 10).
    private static readonly int[] Colours = [0x4E79A7, 0xF28E2B, 0xE15759, 0x76B7B2, 0x59A14F, 0xEDC948, 0xB07AA1, 0xFF9DA7, 0x9C755F, 0xBAB0AC];

    /// <summary>Writes the picture, the origin in its middle.</summary>
    /// <param name="path">A PNG file.</param>
    /// <param name="codes">[N, 2] row-major.</param>
    /// <param name="labels">[N] classes, or null.</param>
    public static void Write(string path, float[] codes, int[]? labels)
    {
        var reach = Math.Max(1e-6f, codes.Max(Math.Abs));
        var pixels = new byte[3 * Side * Side];
        Array.Fill(pixels, byte.MaxValue);
        for (var i = 0; i < codes.Length / 2; i++)
        {
            var colour = Colours[(labels?[i] ?? 0) % Colours.Length];
            var (left, top) = (Place(codes[2 * i]), Place(-codes[2 * i + 1]));
            for (var p = 0; p < Point * Point; p++)
            {
                var at = (top + p / Point) * Side + left + p % Point;
                for (var c = 0; c < 3; c++) pixels[c * Side * Side + at] = (byte)(colour >> (16 - 8 * c));
            }
        }
        ImageGrid.Write(path, new ImageSet(new ImageShape(3, Side, Side), pixels), 1, 1);

        int Place(float value) => (int)((value / reach + 1) / 2 * (Side - Point));
    }
}
