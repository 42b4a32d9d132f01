using Understudy.Data;

namespace Understudy.Classification.Trees;

/// <summary>Grows one tree of a random forest.</summary>
internal sealed class GiniTreeGrower
{
    private const int Values = 256;

    private readonly PixelColumns columns;
    private readonly int[] labels;
    private readonly int classes;
    private readonly int smallestLeaf;
    private readonly SplitMix64 random;
    private readonly int[] rows; // the bootstrap sample; a node's images lie side by side
    private readonly int[] pixels;
    private readonly int[] keys;
    private readonly int[] counts; // [values, K] of one node and pixel
    private readonly byte[] values;
    private readonly int[] left;

    public GiniTreeGrower(PixelColumns columns, int[] labels, int classes, int smallestLeaf, ulong seed)
    {
        (this.columns, this.labels, this.classes, this.smallestLeaf) = (columns, labels, classes, smallestLeaf);
        random = new SplitMix64(seed);
        rows = new int[columns.Rows];
        for (var i = 0; i < rows.Length; i++) rows[i] = random.NextInt(rows.Length);
        pixels = [.. Enumerable.Range(0, columns.Count)];
        keys = new int[Values * classes];
        counts = new int[Values * classes];
        values = new byte[Values];
        left = new int[classes];
    }

    public DecisionTree Grow()
    {
        var tree = new DecisionTree();
        var open = new Stack<(int Node, int Start, int Length)>([(0, 0, rows.Length)]);
        while (open.TryPop(out var node))
        {
            var total = new int[classes];
            foreach (var row in rows.AsSpan(node.Start, node.Length)) total[labels[row]]++;
            if (total.Max() < node.Length && Best(node.Start, node.Length, total) is { } best)
            {
                var child = tree.Split(node.Node, best.Pixel, best.Threshold);
                var yes = Partition(rows.AsSpan(node.Start, node.Length), columns[best.Pixel], best.Threshold);
                open.Push((child, node.Start, yes));
                open.Push((child + 1, node.Start + yes, node.Length - yes));
            }
            else
            {
                tree.SetLeaf(node.Node, Array.ConvertAll(total, count => (float)count / node.Length));
            }
        }
        return tree;
    }

    /// <summary>The best split by √P random pixels; by more of them while none has two values. Null if no pixel splits.</summary>
    private (int Pixel, byte Threshold)? Best(int start, int length, int[] total)
    {
        var wanted = (int)Math.Sqrt(pixels.Length);
        (int Pixel, byte Threshold)? best = null;
        var highest = double.NegativeInfinity;
        for (var drawn = 0; drawn < pixels.Length && (drawn < wanted || best is null); drawn++)
        {
            var other = drawn + random.NextInt(pixels.Length - drawn);
            (pixels[drawn], pixels[other]) = (pixels[other], pixels[drawn]);
            if (Split(Count(columns[pixels[drawn]], rows.AsSpan(start, length)), length, total) is not { } found || found.Score <= highest) continue;
            highest = found.Score;
            best = (pixels[drawn], found.Threshold);
        }
        return best;
    }

    /// <summary>Counts classes by value of a pixel, and returns how many values there are: a table for many images, sorting for a few.</summary>
    private int Count(ReadOnlySpan<byte> column, ReadOnlySpan<int> some)
    {
        if (some.Length > keys.Length / 4)
        {
            Array.Clear(counts);
            foreach (var row in some) counts[column[row] * classes + labels[row]]++;
            for (var v = 0; v < Values; v++) values[v] = (byte)v;
            return Values;
        }
        var sorted = keys.AsSpan(0, some.Length);
        for (var i = 0; i < some.Length; i++) sorted[i] = column[some[i]] * classes + labels[some[i]];
        sorted.Sort();
        var distinct = 0;
        foreach (var key in sorted)
        {
            var (value, label) = Math.DivRem(key, classes);
            if (distinct == 0 || values[distinct - 1] != value)
            {
                values[distinct] = (byte)value;
                counts.AsSpan(distinct * classes, classes).Clear();
                distinct++;
            }
            counts[(distinct - 1) * classes + label]++;
        }
        return distinct;
    }

    /// <summary>Where Σ over both sides of Σₖ nₖ²/n is highest, which is where impurity is lowest; halfway between neighbouring values.</summary>
    private (byte Threshold, double Score)? Split(int distinct, int length, int[] total)
    {
        Array.Clear(left);
        var (onLeft, lastValue) = (0, -1);
        (byte Threshold, double Score)? best = null;
        for (var v = 0; v < distinct; v++)
        {
            var row = counts.AsSpan(v * classes, classes);
            var here = 0;
            foreach (var count in row) here += count;
            if (here == 0) continue;
            if (onLeft >= smallestLeaf && length - onLeft >= smallestLeaf)
            {
                long squaresLeft = 0, squaresRight = 0;
                for (var k = 0; k < classes; k++)
                {
                    squaresLeft += (long)left[k] * left[k];
                    squaresRight += (long)(total[k] - left[k]) * (total[k] - left[k]);
                }
                var score = ((double)squaresLeft / onLeft) + ((double)squaresRight / (length - onLeft));
                if (best is null || score > best.Value.Score) best = ((byte)((lastValue + values[v]) / 2), score);
            }
            for (var k = 0; k < classes; k++) left[k] += row[k];
            (onLeft, lastValue) = (onLeft + here, values[v]);
        }
        return best;
    }

    /// <summary>Puts those at most the threshold first, and returns how many they are.</summary>
    private static int Partition(Span<int> some, ReadOnlySpan<byte> column, byte threshold)
    {
        var yes = 0;
        for (var i = 0; i < some.Length; i++)
        {
            if (column[some[i]] > threshold) continue;
            (some[yes], some[i]) = (some[i], some[yes]);
            yes++;
        }
        return yes;
    }
}
