using Understudy.Data;

namespace Understudy.Studies.Stages;

/// <summary>Shares of classes among samples.</summary>
internal static class ClassBalance
{
    private const int Rounds = 4;

    /// <summary>The share [K] of each class.</summary>
    public static double[] Shares(int[] labels, int classes)
    {
        var shares = new double[classes];
        foreach (var label in labels) shares[label] += 1.0 / labels.Length;
        return shares;
    }

    /// <summary>[count] labels in these shares, classes spread evenly over the order.</summary>
    /// <param name="shares">The share [K] of each class.</param>
    /// <param name="count">How many labels.</param>
    public static int[] Labels(double[] shares, int count)
    {
        var total = shares.Sum();
        var given = new long[shares.Length];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            // The class that lags furthest behind its share of the first i + 1 labels.
            var next = 0;
            var most = double.NegativeInfinity;
            for (var k = 0; k < shares.Length; k++)
            {
                // Sums of shares are rounded; a difference below 1e-6 of a label is a tie.
                var behind = Math.Round(((i + 1) * shares[k] / total) - given[k], 6);
                if (behind > most) (next, most) = (k, behind);
            }
            labels[i] = next;
            given[next]++;
        }
        return labels;
    }

    /// <summary>Which images a picture shows: class by class in rows of equal length, or the first ones where they have no labels.</summary>
    /// <param name="images">The images.</param>
    /// <param name="classes">Number of classes, K, of the data.</param>
    /// <param name="columns">Images in a row, at most.</param>
    public static (int[] Order, int Rows, int Columns) Rows(ImageSet images, int classes, int columns)
    {
        if (images.Labels is not { } labels)
        {
            var rows = Math.Clamp(images.Count / columns, 1, Math.Max(Rounds, classes));
            return ([.. Enumerable.Range(0, Math.Min(images.Count, rows * columns))], rows, Math.Min(columns, images.Count));
        }
        var byClass = Enumerable.Range(0, images.Count).GroupBy(i => labels[i]).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        var rounds = Math.Max(1, Rounds / byClass.Length);
        var shown = byClass.Min(group => group.Length);
        var width = Math.Min(columns, shown);
        rounds = Math.Min(rounds, shown / width);
        return ([.. byClass.SelectMany(group => group.Take(rounds * width))], byClass.Length * rounds, width);
    }
}
