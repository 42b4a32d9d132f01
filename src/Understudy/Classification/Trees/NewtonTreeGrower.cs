using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Classification.Trees;

/// <summary>Grows one boosted tree, level by level: all nodes of a level are split by one pass over each pixel's column.</summary>
/// <param name="columns">The images.</param>
/// <param name="gradients">[N] g of the loss.</param>
/// <param name="hessians">[N] h of the loss.</param>
/// <param name="options">Depth, leaves and penalty.</param>
/// <param name="seed">Chooses the pixels.</param>
internal sealed class NewtonTreeGrower(PixelColumns columns, double[] gradients, double[] hessians, BoostingOptions options, ulong seed)
{
    private const int Values = 256;
    private const int Finished = -1;
    private const double SmallestGain = 1e-10;
    private const double SmallestCurvature = 1e-16;

    private readonly int[] places = new int[columns.Rows]; // which of the level's nodes an image is in

    public DecisionTree Grow()
    {
        var pixels = new SplitMix64(seed).Pick([.. Enumerable.Range(0, columns.Count)], Math.Max(1, (int)Math.Round(options.PixelShare * columns.Count)));
        var tree = new DecisionTree();
        var level = new List<int> { 0 };
        for (var depth = 0; level.Count > 0; depth++)
        {
            var totals = Totals(level.Count);
            var splits = depth < options.Depth ? Splits(pixels, totals) : new Split?[level.Count];
            var next = new List<int>();
            var firstChild = new int[level.Count];
            for (var place = 0; place < level.Count; place++)
            {
                firstChild[place] = Finished;
                if (splits[place] is not { } split)
                {
                    tree.SetLeaf(level[place], [(float)(-options.LearningRate * totals[place].Gradient / Curvature(totals[place]))]);
                    continue;
                }
                firstChild[place] = next.Count;
                var child = tree.Split(level[place], split.Pixel, split.Threshold);
                next.AddRange([child, child + 1]);
            }
            Move(splits, firstChild);
            level = next;
        }
        return tree;
    }

    private Sums[] Totals(int nodes)
    {
        var totals = new Sums[nodes];
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] != Finished) totals[places[i]].Add(gradients[i], hessians[i]);
        }
        return totals;
    }

    /// <summary>The best split of every node of the level; null where none gains. Of equal ones that of the first pixel.</summary>
    private Split?[] Splits(int[] pixels, Sums[] totals)
    {
        var candidates = new Split?[pixels.Length][];
        Parallel.For(0, pixels.Length, Cores.All, () => new Sums[totals.Length * Values], (number, _, histograms) =>
        {
            Array.Clear(histograms);
            var column = columns[pixels[number]];
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i] != Finished) histograms[places[i] * Values + column[i]].Add(gradients[i], hessians[i]);
            }
            candidates[number] = [.. totals.Select((total, place) => Best(pixels[number], total, histograms.AsSpan(place * Values, Values)))];
            return histograms;
        }, static _ => { });
        var best = new Split?[totals.Length];
        foreach (var ofPixel in candidates)
        {
            for (var place = 0; place < best.Length; place++)
            {
                if (ofPixel[place] is { } split && (best[place] is null || split.Gain > best[place]!.Value.Gain)) best[place] = split;
            }
        }
        return best;
    }

    private Split? Best(int pixel, Sums total, ReadOnlySpan<Sums> histogram)
    {
        Split? best = null;
        var highest = SmallestGain;
        var (left, lastValue) = (default(Sums), -1);
        for (var value = 0; value < Values; value++)
        {
            if (histogram[value].Count == 0) continue;
            if (left.Count >= options.SmallestLeaf && total.Count - left.Count >= options.SmallestLeaf)
            {
                var right = new Sums { Gradient = total.Gradient - left.Gradient, Hessian = total.Hessian - left.Hessian };
                var gain = Score(left) + Score(right) - Score(total);
                if (gain > highest) (highest, best) = (gain, new Split(pixel, (byte)((lastValue + value) / 2), gain));
            }
            left.Add(histogram[value]);
            lastValue = value;
        }
        return best;
    }

    /// <summary>G²/(H + λ): twice what a leaf's best value lowers the loss by.</summary>
    private double Score(Sums sums) => sums.Gradient * sums.Gradient / Curvature(sums);

    private double Curvature(Sums sums) => Math.Max(sums.Hessian + options.Penalty, SmallestCurvature);

    private void Move(Split?[] splits, int[] firstChild)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var place = places[i];
            if (place == Finished) continue;
            places[i] = splits[place] is { } split ? firstChild[place] + (columns[split.Pixel][i] <= split.Threshold ? 0 : 1) : Finished;
        }
    }

    private readonly record struct Split(int Pixel, byte Threshold, double Gain);

    private record struct Sums(double Gradient, double Hessian, int Count)
    {
        public void Add(double gradient, double hessian) => (Gradient, Hessian, Count) = (Gradient + gradient, Hessian + hessian, Count + 1);

        public void Add(Sums other) => (Gradient, Hessian, Count) = (Gradient + other.Gradient, Hessian + other.Hessian, Count + other.Count);
    }
}
