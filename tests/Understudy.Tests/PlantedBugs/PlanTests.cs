using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Calibration;
using Understudy.Privacy.Events;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>How much noise a plan must add. Every check passes on the library's plans and catches the bug that it is there for.</summary>
public sealed class PlanTests
{
    private const double Delta = 1e-5;

    private static readonly MutantSet<Sigma> Planted = new(Library, new Dictionary<string, (Action<Sigma> Check, Sigma Mutant)>
    {
        ["the relation ignored: C for a replacement, too"] = (Noise_covers_the_sensitivity_of_the_relation, t => Library(t with { Relation = NeighbouringRelation.AddOrRemoveOne })),
        ["half the sensitivity"] = (Noise_covers_the_sensitivity_of_the_relation, t => Library(t) / 2),
        ["one step accounted for"] = (Noise_covers_the_sensitivity_of_the_relation, t => Library(t with { Steps = 1 })),
        ["q = 1/⌈N/B⌉"] = (Noise_keeps_epsilon_at_the_rate_and_steps_that_run, t => Calibrated(t, 1 / Math.Ceiling(t.Records / (double)t.Batch), t.Steps)),
        ["whole epochs only"] = (Noise_keeps_epsilon_at_the_rate_and_steps_that_run, t => Calibrated(t, t.Batch / (double)t.Records, (long)(t.Steps * t.Batch / (double)t.Records))),
        ["the count left out"] = (Noise_keeps_epsilon_with_the_count_of_adaptive_clipping, t => Calibrated(t, t.Batch / (double)t.Records, t.Steps)),
    });

    /// <summary>The calibration under test: from terms to σ.</summary>
    private delegate double Sigma(Terms terms);

    public static TheoryData<string> CheckNames => Planted.Checks;

    public static TheoryData<string> Bugs => Planted.Bugs;

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void The_library_passes(string check) => Planted.LibraryPasses(check);

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_caught(string bug) => Planted.IsCaught(bug);

    /// <summary>Where every record takes part, T steps are one Gaussian of distance √T/σ, or 2√T/σ for a replacement.</summary>
    private static void Noise_covers_the_sensitivity_of_the_relation(Sigma sigma)
    {
        foreach (var (relation, distance) in new[] { (NeighbouringRelation.AddOrRemoveOne, 1.0), (NeighbouringRelation.ReplaceSpecial, 1), (NeighbouringRelation.ReplaceOne, 2) })
        {
            var expected = distance * 5 / Exact.Mu(2, Delta);
            Assert.InRange(sigma(new Terms(2, relation, 50, 50, 25, new FlatClipping(1))), expected * (1 - 1e-9), expected * 1.001);
        }
    }

    private static void Noise_keeps_epsilon_at_the_rate_and_steps_that_run(Sigma sigma) => Keeps(sigma, new FlatClipping(1));

    /// <summary>The count's noise has a standard deviation of B/20 for a sensitivity of ½ (Andrew et al. 2021, 1905.03871, section 3.1).</summary>
    private static void Noise_keeps_epsilon_with_the_count_of_adaptive_clipping(Sigma sigma) => Keeps(sigma, new AdaptiveClipping(1));

    private static void Keeps(Sigma sigma, Clipping clipping)
    {
        var terms = new Terms(2, NeighbouringRelation.AddOrRemoveOne, 240, 100, 30, clipping);
        var found = sigma(terms);
        var count = clipping is AdaptiveClipping ? 100 / 20.0 / 0.5 : double.PositiveInfinity;
        var together = 1 / Math.Sqrt((1 / (found * found)) + (1 / (count * count)));
        var ran = new GaussianEvent(together).Sampled(new SamplingRate(100.0 / 240)).Times(30);
        Assert.InRange(new TightestAccountant(terms.Relation).EpsilonAt(ran, new Delta(Delta)).Upper.Value, 2 * 0.99, 2 * (1 + 1e-6));
    }

    private static double Library(Terms terms) =>
        DpPlan.Calibrate(new Epsilon(terms.Epsilon), new Delta(Delta), terms.Relation, terms.Records, terms.Batch, terms.Clipping, terms.Steps).NoiseMultiplier.Value;

    private static double Calibrated(Terms terms, double rate, long steps) =>
        new Calibrator(new TightestAccountant(terms.Relation), new Epsilon(terms.Epsilon), new Delta(Delta))
            .SmallestNoiseMultiplier(sigma => new GaussianEvent(sigma).Sampled(new SamplingRate(rate)).Times(steps)).Value;

    private sealed record Terms(double Epsilon, NeighbouringRelation Relation, long Records, int Batch, long Steps, Clipping Clipping);
}
