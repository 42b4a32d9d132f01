using MathNet.Numerics.Distributions;
using Understudy.Attacks.Auditing;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks.Auditing;

public sealed class OneRunAuditorTests
{
    // Steinke, Nasr and Jagielski, arXiv 2305.08846, computed apart from this code.
    [Theory]
    [InlineData(1000, 100, 95, 0.05, 1e-5, 2.165175799714053)]
    [InlineData(1000, 1000, 600, 0.05, 1e-5, 0.2972269537180868)]
    [InlineData(1000, 200, 150, 0.05, 1e-5, 0.8199729121700392)]
    [InlineData(10000, 1000, 990, 0.05, 1e-5, 4.021218903066856)]
    public void MatchesPublishedFormula(int canaries, int guesses, int right, double significance, double delta, double expected) =>
        Assert.Equal(expected, new OneRunAuditor(delta).LowerBound(Counts(canaries, guesses, right), significance), 1e-6);

    [Fact]
    public void MatchesTheReferenceTable() => Assert.All(AuditReference.Rows("one_run_eps_lower_bound"), row => Assert.Equal(row.Value,
        new OneRunAuditor(row.Parameters["delta"]).LowerBound(
            Counts((int)row.Parameters["m"], (int)row.Parameters["guesses"], (int)row.Parameters["correct"]), row.Parameters["significance"]), 1e-6));

    /// <summary>β + 2mδ · max over i of (P(V ≥ v − i) − β)/i, every probability a sum of its own.</summary>
    [Theory]
    [InlineData(40, 30, 0.7)]
    [InlineData(25, 5, 0.0)]
    [InlineData(30, 30, 3.0)]
    [InlineData(7, 0, 1.0)]
    public void PValueIsTheNaiveSum(int guesses, int right, double epsilon)
    {
        const int Canaries = 80;
        const double Delta = 1e-3;
        var law = new Binomial(1 / (1 + Math.Exp(-epsilon)), guesses);
        double Tail(int from) => Enumerable.Range(from, guesses - from + 1).Sum(law.Probability);
        var steepest = Enumerable.Range(1, right).Select(i => (Tail(right - i) - Tail(right)) / i).DefaultIfEmpty(0).Max();
        var expected = Math.Min(1, Tail(right) + 2 * Canaries * Delta * steepest);
        Assert.Equal(expected, new OneRunAuditor(Delta).PValue(Counts(Canaries, guesses, right), epsilon), 1e-12);
    }

    // At p = .05 and δ = 1e-5 a perfect attack on m canaries, half of them in; at significance 1e-6 and m = 1000 nothing at all.
    [Theory]
    [InlineData(1000, 0.05, 5.0, 6.0)]
    [InlineData(1000, 1e-6, 0.0, 0.0)]
    public void NumberOfCanariesLimitsTheBound(int canaries, double significance, double least, double most) =>
        Assert.InRange(new OneRunAuditor(1e-5).LowerBound(Counts(canaries, canaries / 2, canaries / 2), significance), least, most);

    [Fact]
    public void PureDifferentialPrivacyNeedsNoCorrection() =>
        Assert.Equal(Math.Pow(1 / (1 + Math.Exp(-1)), 20), new OneRunAuditor(0).PValue(Counts(40, 20, 20), 1), 1e-15);

    private static AttackCounts Counts(int canaries, int guesses, int right)
    {
        // Only the sum of those put in and those left out counts.
        var wrong = guesses - right;
        return new AttackCounts(right, Math.Max(right, canaries / 2), wrong, canaries - Math.Max(right, canaries / 2));
    }
}
