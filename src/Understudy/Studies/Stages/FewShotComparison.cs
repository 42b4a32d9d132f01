using Understudy.Classification;
using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Studies.Stages;

/// <summary>How well codes tell classes of test images apart from a few images of each, method by method in the same episodes; pixels stand beside them.</summary>
internal sealed class FewShotComparison
{
    private const string Pixels = "pixels";

    private readonly FewShotSection section;
    private readonly ulong seed;
    private readonly Dictionary<int, (FewShotEpisodes Episodes, OrderedDictionary<string, double[]> Accuracies)> shots;

    /// <summary>Draws episodes and measures pixels in them.</summary>
    /// <exception cref="InputException">The images have no labels, or too few classes have images enough.</exception>
    public FewShotComparison(FewShotSection section, ImageSet test, ulong seed)
    {
        Check(section, test);
        (this.section, this.seed) = (section, seed);
        shots = section.Shots.Distinct().ToDictionary(count => count, count => (new FewShotEpisodes(test.Labels!, section.Ways, count), new OrderedDictionary<string, double[]>()));
        Add(Pixels, Array.ConvertAll(test.Pixels, pixel => pixel / (float)byte.MaxValue));
    }

    /// <summary>Refuses, before any work, images that no episode can be drawn of.</summary>
    /// <exception cref="InputException">The images have no labels, or too few classes have images enough.</exception>
    public static void Check(FewShotSection section, ImageSet test)
    {
        if (section.Shots.Count == 0) throw new InputException("'shots' in encodings.fewShot is empty; give at least one number, such as 1");
        if (test.Labels is null) throw new InputException("'fewShot' in encodings tells classes apart, and the test images have no labels; leave it out, or give labelled data");
        foreach (var count in section.Shots) _ = new FewShotEpisodes(test.Labels, section.Ways, count);
    }

    /// <summary>Measures a method.</summary>
    /// <param name="id">Its name in the tables.</param>
    /// <param name="codes">[N, D] row-major, of the test images.</param>
    public void Add(string id, float[] codes)
    {
        foreach (var (episodes, accuracies) in shots.Values) accuracies[id] = episodes.Accuracies(codes, section.Episodes, seed);
    }

    /// <summary>What was found.</summary>
    public IEnumerable<ReportTable> Tables()
    {
        yield return new ReportTable(
            "few-shot", $"{section.Ways} classes of test images told apart by a linear support vector machine: means over {section.Episodes} episodes, chance is {1.0 / section.Ways:0.###}. Intervals are of the draw of episodes, of these classes.",
            ["Codes", "Images of each class learnt from", "Accuracy", "S.d. of episodes", "Best episode"],
            [.. shots.SelectMany(of => of.Value.Accuracies.Select(method => Row(method.Key, of.Key, method.Value)))]);
        ReportCell[][] pairs = [.. shots.SelectMany(of => MethodPairs.Rows(of.Value.Accuracies).Select(row => row.Prepend((double)of.Key).ToArray()))];
        if (pairs.Length == 0) yield break;
        yield return new ReportTable(
            "few-shot-pairs", "Accuracies of pairs in the same episodes.", ["Images of each class learnt from", "Codes", "Other", "Difference of accuracy", "Wilcoxon's two-sided p"], pairs);
    }

    private static ReportCell[] Row(string id, int count, double[] accuracies)
    {
        var summary = SampleSummary.Of(accuracies);
        return [id, (double)count, new ReportCell(summary.Mean, summary.MeanInterval), summary.StandardDeviation, accuracies.Max()];
    }
}
