using MathNet.Numerics.Distributions;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Sampling.Walk;

namespace Understudy.Studies.Stages;

/// <summary>How far the images along straight and bent walks are from the closest member.</summary>
/// <param name="Table">Step by step, and how often PLAN's nearest image is the farther one.</param>
internal sealed record WalkDistances(ReportTable Table)
{
    public static WalkDistances Measure(LatentPaths straight, LatentPaths bent, ILatentGenerator generator, WalkMeasurement measurement, int most)
    {
        var paths = Math.Min(most, straight.Count);
        double[][] linear = [.. Enumerable.Range(0, paths).Select(p => measurement.ToMembers(straight.Frames(generator, p)))];
        double[][] plan = [.. Enumerable.Range(0, paths).Select(p => measurement.ToMembers(bent.Frames(generator, p)))];
        var farther = Enumerable.Range(0, paths).Count(p => Least(plan[p]) > Least(linear[p]));
        var rows = Enumerable.Range(0, straight.Points).Select(t => (IReadOnlyList<ReportCell>)[$"{t + 1}", At(linear, t), At(plan, t)]).ToList();
        rows.Add(["nearest of each walk", Mean([.. linear.Select(Least)]), Mean([.. plan.Select(Least)])]);
        var caption = FormattableString.Invariant(
            $"Perceptual distance to the closest member, point by point, mean of {paths} walks between the same end points. PLAN's nearest inner image is farther off in {farther} of {paths} (sign test p = {SignTest(farther, paths):0.0000})");
        return new WalkDistances(new ReportTable("steps", caption, ["point", "linear", "PLAN"], rows));
    }

    /// <summary>The ends are the same for both.</summary>
    private static double Least(double[] distances) => distances[1..^1].Min();

    private static ReportCell At(double[][] distances, int point) => Mean([.. distances.Select(path => path[point])]);

    private static ReportCell Mean(double[] values)
    {
        var summary = SampleSummary.Of(values);
        return new ReportCell(summary.Mean, summary.MeanInterval);
    }

    /// <summary>Two-sided.</summary>
    private static double SignTest(int successes, int trials) =>
        Math.Min(1, 2 * Binomial.CDF(0.5, trials, Math.Min(successes, trials - successes)));
}
