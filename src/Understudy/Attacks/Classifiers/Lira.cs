using MathNet.Numerics.Statistics;
using Understudy.Data;

namespace Understudy.Attacks.Classifiers;

/// <summary>
/// The likelihood-ratio attack: what a target says of a record against what models say that were, and were not, trained on it (Carlini et
/// al., "Membership inference attacks from first principles", IEEE S&amp;P 2022, arXiv 2112.03570, algorithm 1).
/// </summary>
/// <remarks>
/// Scores should be near to normal: <see cref="Confidence.LogOdds"/>. With several augmentations of a record add up the online scores of each.
/// When the target was trained on synthetic data, every shadow must run the whole pipeline, generator and sampler included.
/// </remarks>
public static class Lira
{
    private const int FewestForOwnVariance = 64;
    private const double LeastVariance = 1e-12;

    /// <summary>ln N(φ; μ_in, σ_in²) − ln N(φ; μ_out, σ_out²).</summary>
    /// <param name="target">[N] φ by the target.</param>
    /// <param name="shadows">φ of the same records by shadow models, each record in some and out of others.</param>
    /// <param name="options">How the Gaussians are fitted; null for the defaults.</param>
    /// <returns>[N].</returns>
    /// <exception cref="InputException">Lengths disagree, or a record has no shadow that was, or was not, trained on it.</exception>
    public static double[] Online(ReadOnlySpan<double> target, ModelScores shadows, LiraOptions? options = null)
    {
        var (inside, outside) = (Fit(target.Length, shadows, included: true, options), Fit(target.Length, shadows, included: false, options));
        var scores = new double[target.Length];
        for (var i = 0; i < scores.Length; i++) scores[i] = LogDensity(target[i], inside[i]) - LogDensity(target[i], outside[i]);
        return scores;
    }

    /// <summary>(φ − μ_out)/σ_out: how much surer the target is of the record than models that have not seen it.</summary>
    /// <remarks>The paper's score is Φ of that, which orders records alike but rounds the largest to 1.</remarks>
    /// <inheritdoc cref="Online" path="/param"/>
    /// <returns>[N].</returns>
    /// <exception cref="InputException">Lengths disagree, or every shadow was trained on some record.</exception>
    public static double[] Offline(ReadOnlySpan<double> target, ModelScores shadows, LiraOptions? options = null)
    {
        var outside = Fit(target.Length, shadows, included: false, options);
        var scores = new double[target.Length];
        for (var i = 0; i < scores.Length; i++) scores[i] = (target[i] - outside[i].Mean) / Math.Sqrt(outside[i].Variance);
        return scores;
    }

    private static double LogDensity(double x, (double Mean, double Variance) normal) =>
        -0.5 * (Math.Log(normal.Variance) + Math.Pow(x - normal.Mean, 2) / normal.Variance);

    private static (double Mean, double Variance)[] Fit(int records, ModelScores shadows, bool included, LiraOptions? options)
    {
        options ??= new LiraOptions();
        if (records != shadows.Records) throw new InputException($"the target scores {records} records and the shadows {shadows.Records}; score the same ones");
        var fits = new (double Mean, double Variance)[records];
        double squares = 0;
        long freedom = 0;
        for (var i = 0; i < records; i++)
        {
            var scores = shadows.Of(i, included);
            if (scores.Length == 0) throw new InputException($"record {i} is {(included ? "in no shadow" : "in every shadow")}; give each record to half of them");
            var centre = options.UseMedian ? scores.Median() : scores.Average();
            var sum = scores.Sum(score => Math.Pow(score - centre, 2));
            squares += sum;
            freedom += scores.Length - 1;
            fits[i] = (centre, sum / Math.Max(1, scores.Length - 1));
        }
        var pooled = squares / Math.Max(1, freedom);
        var isPooled = options.PooledVariance ?? shadows.Models + 1 < FewestForOwnVariance;
        return Array.ConvertAll(fits, fit => fit with { Variance = Math.Max(isPooled ? pooled : fit.Variance, LeastVariance) });
    }
}
