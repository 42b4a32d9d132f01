using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Understudy.Attacks;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Sampling.Inversion;

namespace Understudy.Studies.Stages;

/// <summary>The figures of an inversion.</summary>
/// <param name="parts">The inverted images, by part.</param>
/// <param name="training">What the methods were trained on.</param>
/// <param name="methods">What inverting each gave.</param>
/// <param name="section">How they were inverted.</param>
/// <param name="seed">Of intervals.</param>
internal sealed class InversionTables(
    IReadOnlyDictionary<string, ImageSet> parts, ImageSet training, IReadOnlyList<InvertedMethod> methods, InversionSection section, ulong seed)
{
    private const int Thirds = 3;
    private static readonly double[] Quantiles = [0.05, 0.5, 0.95];

    private ImageSet Test => parts[InversionStage.Test];

    /// <summary>Class of an image, or its group where there are no classes.</summary>
    public static string ClassOf(ImageSet images, int index) =>
        images.Labels is { } labels ? images.ClassNames[labels[index]] : images.Groups?[index] ?? "";

    public IEnumerable<ReportTable> All()
    {
        yield return Errors();
        if (methods.Count > 1) yield return Pairs();
        yield return Memorisation();
        if (Classes().Count > 1) yield return ByClass();
        yield return ByAttribute();
        yield return Norms();
        if (methods[0].ByAlpha.Count > 0) yield return ByAlpha();
    }

    private ReportTable Errors() => new(
        "errors", "Reconstruction error; mean with its 95 % interval", ["images", "mean", "standard deviation", "median", "95th percentile", "images, n", "corrected"],
        [
            .. methods.SelectMany(method => method.Sets.Select(set => Row($"{method.Id}: {Name(set.Key)}", set.Value.Errors, set.Value.Corrected, set.Key == InvertedMethod.Own ? FormattableString.Invariant($"cosine with the true z {method.OwnCosine:0.000}") : null))),
            .. methods.Select(method => Row($"{method.Id}: test, a random z", method.Random, null, null)),
            Row("nearest training image: test", ReconstructionBaselines.NearestTrainingImage(Test, training), null, null),
            Row("mean training image: test", ReconstructionBaselines.MeanImage(Test, training), null, null),
        ]);

    private static string Name(string part) => part switch
    {
        InversionStage.NonMembers => "non-members",
        InvertedMethod.Own => "its own samples",
        _ => part,
    };

    private static ReportCell[] Row(string name, double[] errors, int? corrected, string? note)
    {
        var summary = SampleSummary.Of(errors);
        return [name, new ReportCell(summary.Mean, summary.MeanInterval, note), summary.StandardDeviation, summary.Median, summary.Percentile95, summary.Count, corrected is { } c ? c : "–"];
    }

    private ReportTable Pairs() => new(
        "pairs", "Methods on the same test images: paired differences of the error, and Wilcoxon's signed-rank test (two-sided p)",
        ["first less second", "mean difference", "median difference", "p"],
        [
            .. from i in Enumerable.Range(0, methods.Count)
               from j in Enumerable.Range(i + 1, methods.Count - i - 1)
               select Pair(methods[i], methods[j]),
        ]);

    private static ReportCell[] Pair(InvertedMethod first, InvertedMethod second)
    {
        double[] x = first.Sets[InversionStage.Test].Errors, y = second.Sets[InversionStage.Test].Errors;
        var summary = SampleSummary.Of([.. x.Zip(y, (a, b) => a - b)]);
        return [$"{first.Id} − {second.Id}", new ReportCell(summary.Mean, summary.MeanInterval), summary.Median, WilcoxonSignedRank.Test(x, y).PValue];
    }

    /// <summary>How well a low error tells members from non-members.</summary>
    private ReportTable Memorisation()
    {
        var card = new AttackCard("reconstruction", "Creswell, Bharath, TNNLS 2018, arXiv 1802.05701", "generator", NeedsReference: false, "-min over z of ‖G(z) − x‖²");
        return new ReportTable(
            "memorisation", "Whether a low error gives members away: members against non-members; an AUC of 0.5 is chance",
            ["method", "AUC", "TPR at FPR 1 %", "balanced accuracy"],
            [
                .. methods.Select(method =>
                {
                    double[] inside = method.Sets[InversionStage.Members].Errors, outside = method.Sets[InversionStage.NonMembers].Errors;
                    var result = AttackEvaluation.Measure(
                        card, [.. inside.Concat(outside).Select(error => -error)], [.. inside.Select(_ => true), .. outside.Select(_ => false)], new AttackSettings { Seed = seed });
                    var low = result.TprAtFpr[0];
                    return (IReadOnlyList<ReportCell>)[method.Id, ReportCell.Of(result.Auc), new ReportCell(low.Raw, low.RawInterval, low.Note), ReportCell.Of(result.BalancedAccuracy)];
                }),
            ]);
    }

    private List<IGrouping<string, int>> Classes() => [.. Enumerable.Range(0, Test.Count).GroupBy(i => ClassOf(Test, i))];

    private ReportTable ByClass() => new(
        "classes", "Test error by class, the hardest for the first method first", ["class", "images, n", .. methods.Select(method => method.Id)],
        [
            .. Classes().OrderByDescending(images => images.Average(i => methods[0].Sets[InversionStage.Test].Errors[i]))
                .Select(images => (IReadOnlyList<ReportCell>)[images.Key, images.Count(), .. methods.Select(method => Mean(method, images))]),
        ]);

    private ReportTable ByAttribute()
    {
        var moments = Enumerable.Range(0, Test.Count).Select(i => ImageMoments.Of(Test, i).Values).ToArray();
        return new ReportTable(
            "attributes", "Test error by third of an attribute of the image, and Spearman's correlation of error and attribute", ["attribute", .. methods.Select(method => method.Id)],
            [.. ImageMoments.Names.Index().SelectMany(attribute => Rows(attribute.Item, [.. moments.Select(values => values[attribute.Index])]))]);

        IEnumerable<IReadOnlyList<ReportCell>> Rows(string name, double[] values)
        {
            var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
            string[] thirds = ["low", "middle", "high"];
            for (var t = 0; t < Thirds; t++)
            {
                var images = order[(values.Length * t / Thirds)..(values.Length * (t + 1) / Thirds)];
                yield return [$"{name}: {thirds[t]} third", .. methods.Select(method => Mean(method, images))];
            }
            yield return [$"{name}: correlation", .. methods.Select(method => (ReportCell)Correlation.Spearman(values, method.Sets[InversionStage.Test].Errors))];
        }
    }

    private static ReportCell Mean(InvertedMethod method, IEnumerable<int> images)
    {
        var summary = SampleSummary.Of([.. images.Select(i => method.Sets[InversionStage.Test].Errors[i])]);
        return new ReportCell(summary.Mean, summary.MeanInterval);
    }

    /// <summary>Lengths of z beside those of N(0, I), whose square is chi-squared of nz degrees of freedom.</summary>
    private ReportTable Norms() => new(
        "norms", "Length of the latent vectors of test images: quantiles", ["method", "nz", .. Quantiles.Select(q => $"{q:P0}"), .. Quantiles.Select(q => $"{q:P0} under the prior")],
        [
            .. methods.Select(method =>
            {
                var set = method.Sets[InversionStage.Test];
                return (IReadOnlyList<ReportCell>)[method.Id, set.LatentSize, .. Quantiles.Select(q => (ReportCell)set.Norms.Quantile(q)), .. Quantiles.Select(q => (ReportCell)Prior(set.LatentSize, q))];
            }),
        ]);

    private ReportTable ByAlpha() => new(
        "alpha", $"Test images of {methods[0].Id} by the weight α of the prior; the length of z under it is {Prior(methods[0].Sets[InversionStage.Test].LatentSize, 0.5):0.0}",
        ["α", "error", "length of z"],
        [
            .. methods[0].ByAlpha.Select(set =>
            {
                SampleSummary errors = SampleSummary.Of(set.Value.Errors), norms = SampleSummary.Of(set.Value.Norms);
                return (IReadOnlyList<ReportCell>)[set.Key, new ReportCell(errors.Mean, errors.MeanInterval), new ReportCell(norms.Mean, norms.MeanInterval)];
            }),
        ]);

    private double Prior(int size, double quantile) => section.Prior == LatentPrior.Normal
        ? Math.Sqrt(ChiSquared.InvCDF(size, quantile))
        : Math.Sqrt((size / 3.0) + (Normal.InvCDF(0, 1, quantile) * Math.Sqrt(size * 4 / 45.0)));
}
