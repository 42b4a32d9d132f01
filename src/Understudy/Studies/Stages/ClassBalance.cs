using Understudy.Data;

namespace Understudy.Studies.Stages;

/// <summary>Shares of classes among samples.</summary>
internal static class ClassBalance
{
    private const int Rounds = 4;

    /// <summary>[count] labels in the proportions of the members', classes spread evenly over the order.</summary>
    /// <param name="members">Labels of the members.</param>
    /// <param name="classes">Number of classes, K.</param>
    /// <param name="count">How many labels.</param>
    public static int[] Labels(int[] members, int classes, int count)
    {
        var have = new long[classes];
        foreach (var label in members) have[label]++;
        var given = new long[classes];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            // The class that lags furthest behind its share of the first i + 1 labels.
            var next = 0;
            var most = long.MinValue;
            for (var k = 0; k < classes; k++)
            {
                var behind = have[k] * (i + 1L) - given[k] * members.Length;
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
