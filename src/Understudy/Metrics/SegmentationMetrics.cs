using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>Figures of a segmentation from its probabilities and the true masks.</summary>
public static class SegmentationMetrics
{
    /// <summary>Computes them with bootstrap intervals over groups, since the slices of a patient are no independent records.</summary>
    /// <remarks>
    /// F1, which for a mask is Dice's coefficient 2 TP/(2 TP + FP + FN), sensitivity and specificity count all pixels of the test set together, at
    /// a probability of ½. AUC compares foreground with background pixels over all images; mean Dice is of the images one by one, 1 where mask and
    /// prediction are empty both. A figure that the test set does not define, as sensitivity where no mask has foreground, is NaN; a single group has no interval.
    /// </remarks>
    /// <param name="probabilities">[N, H, W] of foreground.</param>
    /// <param name="test">Pairs; their groups, if they have any, are resampled as wholes.</param>
    /// <param name="seed">Of the bootstrap.</param>
    /// <param name="draws">Number of resamples.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="InputException">There is no pair, or not one probability for each pixel.</exception>
    public static IReadOnlyList<Metric> Evaluate(ReadOnlySpan<float> probabilities, ImageSet test, ulong seed, int draws = Bootstrap.DefaultDraws, double level = 0.95)
    {
        var tallies = Tallies(probabilities, test);
        int[][] groups = test.Groups is { } names
            ? [.. Enumerable.Range(0, test.Count).GroupBy(i => names[i]).Select(group => group.ToArray())]
            : [.. Enumerable.Range(0, test.Count).Select(i => new[] { i })];
        return
        [
            Measure("F1", all => all.F1),
            Measure("mean Dice", all => all.MeanDice),
            Measure("AUC", all => all.Auc),
            Measure("sensitivity", all => all.Sensitivity),
            Measure("specificity", all => all.Specificity),
        ];

        Metric Measure(string name, Func<PixelTally, double> figure)
        {
            var whole = figure(PixelTally.Sum(tallies));
            if (double.IsNaN(whole)) return new Metric(name, double.NaN, Note: "not defined: the test masks are all foreground or have none");
            if (groups.Length < 2) return new Metric(name, whole, Note: "no interval: the test pairs are of one group");
            var resampled = Bootstrap.Draw(draws, seed, () => new List<PixelTally>(), (random, _, chosen) =>
            {
                chosen.Clear();
                for (var g = 0; g < groups.Length; g++)
                {
                    foreach (var i in groups[random.NextInt(groups.Length)]) chosen.Add(tallies[i]);
                }
                return figure(PixelTally.Sum(chosen));
            });
            return new Metric(name, whole, Bootstrap.BiasCorrected(whole, resampled, level));
        }
    }

    /// <summary>F1 alone, of all pixels together.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public static double F1(ReadOnlySpan<float> probabilities, ImageSet test) => PixelTally.Sum(Tallies(probabilities, test)).F1;

    private static PixelTally[] Tallies(ReadOnlySpan<float> probabilities, ImageSet test)
    {
        if (test.Count == 0) throw new InputException("there is no test pair; figures need at least one");
        var pixels = test.Shape.Height * test.Shape.Width;
        if (probabilities.Length != (long)test.Count * pixels) throw new InputException($"{probabilities.Length} probabilities for {test.Count} masks of {pixels} pixels; give one a pixel");
        var tallies = new PixelTally[test.Count];
        for (var i = 0; i < test.Count; i++) tallies[i] = PixelTally.Of(probabilities.Slice(i * pixels, pixels), ImagePairs.Mask(test, i));
        return tallies;
    }
}
