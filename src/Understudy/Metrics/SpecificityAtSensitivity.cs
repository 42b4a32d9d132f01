namespace Understudy.Metrics;

/// <summary>The specificity of a test that must find a given share of the positives.</summary>
public static class SpecificityAtSensitivity
{
    /// <summary>The sensitivities that are asked for where a missed positive is costly.</summary>
    public static IReadOnlyList<double> Usual { get; } = [0.80, 0.90, 0.95, 0.99];

    /// <summary>The highest threshold at which a curve reaches a sensitivity.</summary>
    /// <param name="curve">Of records that are not measured later: a threshold chosen on the test records would flatter them.</param>
    /// <param name="sensitivity">In (0, 1].</param>
    /// <returns>A record is called positive if it scores at least this.</returns>
    public static double Threshold(RocCurve curve, double sensitivity)
    {
        Distributions.RequireProbability(1 - sensitivity / 2, "sensitivity");
        return curve.Points.First(point => point.TruePositiveRate >= sensitivity).Threshold;
    }

    /// <summary>Share of the negatives below a threshold, with the Clopper–Pearson interval for that threshold.</summary>
    /// <param name="validation">Where the threshold comes from.</param>
    /// <param name="positives">Scores of the positives of the test records.</param>
    /// <param name="negatives">Scores of their negatives.</param>
    /// <param name="sensitivity">The sensitivity that the threshold has on <paramref name="validation"/>, in (0, 1].</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    public static Metric Measure(RocCurve validation, ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives, double sensitivity, double level = 0.95)
    {
        var threshold = Threshold(validation, sensitivity);
        int found = 0, spared = 0;
        foreach (var score in positives) found += score >= threshold ? 1 : 0;
        foreach (var score in negatives) spared += score < threshold ? 1 : 0;
        return new Metric(
            FormattableString.Invariant($"specificity at sensitivity {sensitivity:0.00}"),
            (double)spared / negatives.Length,
            ClopperPearson.TwoSided(spared, negatives.Length, level),
            FormattableString.Invariant($"threshold from held-out records; sensitivity on the test records {(double)found / positives.Length:0.000}"));
    }
}
