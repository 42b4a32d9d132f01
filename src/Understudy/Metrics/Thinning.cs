namespace Understudy.Metrics;

/// <summary>Thins a mask to its skeleton.</summary>
/// <remarks>Zhang, Suen, "A fast parallel algorithm for thinning digital patterns", Communications of the ACM 27(3), 1984.</remarks>
internal static class Thinning
{
    /// <summary>The skeleton of a mask [H, W].</summary>
    public static bool[] Skeleton(bool[] inside, int width)
    {
        var pixels = inside.ToArray();
        var height = inside.Length / width;
        bool isFirstEmpty, isSecondEmpty;
        do
        {
            isFirstEmpty = !Peel(isSecond: false);
            isSecondEmpty = !Peel(isSecond: true);
        }
        while (!isFirstEmpty || !isSecondEmpty);
        return pixels;

        bool Peel(bool isSecond)
        {
            var gone = Enumerable.Range(0, pixels.Length).Where(p => pixels[p] && IsPeeled(p, isSecond)).ToArray();
            foreach (var p in gone) pixels[p] = false;
            return gone.Length > 0;
        }

        bool At(int y, int x) => y >= 0 && x >= 0 && y < height && x < width && pixels[y * width + x];

        bool IsPeeled(int p, bool isSecond)
        {
            var (y, x) = Math.DivRem(p, width);
            // P2 to P9 of the paper: clockwise from the pixel above.
            Span<bool> ring = [At(y - 1, x), At(y - 1, x + 1), At(y, x + 1), At(y + 1, x + 1), At(y + 1, x), At(y + 1, x - 1), At(y, x - 1), At(y - 1, x - 1)];
            var (neighbours, turns) = (0, 0);
            for (var i = 0; i < ring.Length; i++)
            {
                if (ring[i]) neighbours++;
                if (!ring[i] && ring[(i + 1) % ring.Length]) turns++;
            }
            if (neighbours is < 2 or > 6 || turns != 1) return false;
            var (up, right, below, left) = (ring[0], ring[2], ring[4], ring[6]);
            return isSecond ? !(up && right && left) && !(up && below && left) : !(up && right && below) && !(right && below && left);
        }
    }
}
