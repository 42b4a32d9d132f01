namespace Understudy.Data.Splitting;

/// <summary>Units of images in a random order in which each stretch holds every class in proportion; parts are taken from its front.</summary>
internal sealed class SplitOrder
{
    private readonly LinkedList<int[]> _units;

    /// <summary>Orders the units of the first <paramref name="poolCount"/> images that share nothing with the images after them.</summary>
    public SplitOrder(ImageSet all, int poolCount, ulong seed)
    {
        var units = ImageUnits.Of(all).Where(unit => unit[^1] < poolCount).ToArray();
        var random = new SplitMix64(seed);
        random.Shuffle(units.AsSpan());
        _units = new LinkedList<int[]>(units
            .GroupBy(unit => MainClass(all, unit))
            .SelectMany(same => Positions([.. same], random.NextFraction()))
            .OrderBy(placed => placed.Position)
            .Select(placed => placed.Unit));
        Remaining = units.Sum(unit => unit.Length);
    }

    /// <summary>Number of images not yet taken.</summary>
    public int Remaining { get; private set; }

    /// <summary>The number of images that a size means.</summary>
    /// <exception cref="InputException">It is neither a fraction in (0, 1] nor a whole number.</exception>
    public static int Amount(string part, double size, int pool) =>
        size is > 0 and <= 1 ? (int)(size * pool + 1e-6) // 0.29 · 100 is 28.999…
        : size is > 1 and <= int.MaxValue && size == Math.Truncate(size) ? (int)size
        : throw new InputException($"{part}: {size} is no size; give a fraction in (0, 1] or a whole number of images");

    /// <summary>Takes units from the front, passing over those that no longer fit.</summary>
    /// <exception cref="InputException">Not one unit fits.</exception>
    public int[] Take(string part, int count)
    {
        var indices = new List<int>(count);
        for (var (node, next) = (_units.First, _units.First?.Next); node is not null && indices.Count < count; (node, next) = (next, next?.Next))
        {
            if (indices.Count + node.Value.Length > count) continue;
            indices.AddRange(node.Value);
            _units.Remove(node);
        }
        if (indices.Count == 0)
            throw new InputException($"{part}: {count} images were asked for, but no group that is left is that small; ask for more, or give more data");
        Remaining -= indices.Count;
        return [.. indices];
    }

    private static int MainClass(ImageSet set, int[] unit) =>
        set.Labels is { } labels ? unit.GroupBy(i => labels[i]).OrderByDescending(same => same.Count()).ThenBy(same => same.Key).First().Key : 0;

    /// <summary>Spreads the units of one class evenly over [0, 1), from a random start: rare classes must not always fall into one part.</summary>
    private static IEnumerable<(double Position, int[] Unit)> Positions(int[][] units, double start)
    {
        double total = units.Sum(unit => unit.Length);
        var before = 0;
        foreach (var unit in units)
        {
            yield return ((before + start * unit.Length) / total, unit);
            before += unit.Length;
        }
    }
}
