using Understudy.Data;

namespace Understudy.Tests.Data;

/// <summary>Made-up volumes.</summary>
internal static class Volumes
{
    /// <summary>Full balls of random sizes and places, 0 outside and 255 inside; large ones are of class 1.</summary>
    public static ImageSet Balls(int count, int side = 28, int seed = 1)
    {
        var random = new Random(seed);
        var (voxels, labels) = (new byte[count * side * side * side], new int[count]);
        for (var i = 0; i < count; i++)
        {
            var radius = side * (0.2 + (0.15 * random.NextDouble()));
            labels[i] = radius > 0.275 * side ? 1 : 0;
            var centre = Enumerable.Range(0, 3).Select(_ => side * (0.4 + (0.2 * random.NextDouble()))).ToArray();
            for (var p = 0; p < side * side * side; p++)
            {
                int[] at = [p / (side * side), p / side % side, p % side];
                if (at.Zip(centre, (a, c) => (a - c) * (a - c)).Sum() < radius * radius) voxels[(i * side * side * side) + p] = byte.MaxValue;
            }
        }
        return new ImageSet(new ImageShape(side, side, side) { IsVolume = true }, voxels, labels, ["small", "large"]);
    }
}
