using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;

namespace Understudy.Tests.PlantedBugs;

/// <summary>What an accountant must charge. Every check passes on the library's accountant and catches the bug that it is there for.</summary>
public sealed class AccountingTests
{
    private const NeighbouringRelation Comes = NeighbouringRelation.AddOrRemoveOne;
    private const NeighbouringRelation Replaced = NeighbouringRelation.ReplaceOne;

    private static readonly MutantSet<Charge> Planted = new(Library, new Dictionary<string, (Action<Charge> Check, Charge Mutant)>
    {
        ["addition only"] = (Both_directions_count, (e, relation, delta) => e is PoissonSampledEvent { Event: GaussianEvent gaussian } sampled
            ? Exact.AdditionEpsilon(sampled.Rate.Value, gaussian.NoiseMultiplier.Value, delta)
            : Library(e, relation, delta)),
        ["a replacement charged as an addition"] = (A_replacement_costs_both_directions_at_once, (e, _, delta) => Library(e, Comes, delta)),
        ["many runs charged once"] = (Every_run_is_charged, (e, relation, delta) => Library(e is SelfComposedEvent runs ? runs.Event : e, relation, delta)),
        ["the count left out of self-composition"] = (Every_query_on_a_batch_is_charged, (e, relation, delta) =>
            Library(e is SelfComposedEvent { Event: PoissonSampledEvent { Event: ComposedEvent queries } step } runs
                ? queries.Events[0].Sampled(step.Rate).Times(runs.Count)
                : e, relation, delta)),
        ["half the rate"] = (Published_figures_are_met, (e, relation, delta) =>
            Library(e is SelfComposedEvent { Event: PoissonSampledEvent step } runs
                ? step.Event.Sampled(new SamplingRate(step.Rate.Value / 2)).Times(runs.Count)
                : e, relation, delta)),
        ["half the steps"] = (Published_figures_are_met, (e, relation, delta) => Library(e is SelfComposedEvent runs ? runs.Event.Times(runs.Count / 2) : e, relation, delta)),
        ["an estimate for a bound"] = (Published_figures_are_met, (e, relation, delta) =>
            e is SelfComposedEvent { Event: PoissonSampledEvent { Event: GaussianEvent gaussian } step } runs
                ? CentralLimitEstimate.EpsilonNotAGuarantee(step.Rate, gaussian.NoiseMultiplier, runs.Count, new Delta(delta)).Value
                : Library(e, relation, delta)),
    });

    /// <summary>The accountant under test.</summary>
    private delegate double Charge(PrivacyEvent privacyEvent, NeighbouringRelation relation, double delta);

    public static TheoryData<string> CheckNames => Planted.Checks;

    public static TheoryData<string> Bugs => Planted.Bugs;

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void The_library_passes(string check) => Planted.LibraryPasses(check);

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_caught(string bug) => Planted.IsCaught(bug);

    private static void Both_directions_count(Charge charge)
    {
        foreach (var (rate, sigma, delta) in new[] { (0.2, 1.0, 1e-5), (0.5, 0.8, 1e-2), (0.01, 0.7, 1e-5) })
        {
            var expected = Math.Max(Exact.RemovalEpsilon(rate, sigma, delta), Exact.AdditionEpsilon(rate, sigma, delta));
            Assert.InRange(charge(new GaussianEvent(sigma).Sampled(new SamplingRate(rate)), Comes, delta), expected * (1 - 1e-9), expected * 1.01);
        }
    }

    /// <summary>σ is relative to C under every relation, and a replacement moves the sum by 2C.</summary>
    private static void A_replacement_costs_both_directions_at_once(Charge charge)
    {
        foreach (var (sigma, delta) in new[] { (4.0, 1e-5), (20, 1e-6) })
            Assert.Equal(delta, Exact.GaussianDelta(2 / sigma, charge(new GaussianEvent(sigma), Replaced, delta)), delta * 1e-3);
    }

    /// <summary>dp_accounting 0.6.0 charges the first kind once by Rényi divergence, and the second once by privacy loss distributions.</summary>
    private static void Every_run_is_charged(Charge charge)
    {
        var choice = new ExponentialMechanismEvent(new Epsilon(0.5));
        Assert.True(charge(choice.Times(100), Comes, 1e-5) > 5 * charge(choice, Comes, 1e-5));
        // Listed one by one by dp_accounting.
        Assert.Equal(123.9, charge(new RandomizedResponseEvent(0.5, 4).Times(100), Replaced, 1e-5), 0.5);
    }

    /// <summary>Two Gaussians on one batch are one, of the noise (σ⁻² + σ_b⁻²)^-½.</summary>
    private static void Every_query_on_a_batch_is_charged(Charge charge)
    {
        var rate = new SamplingRate(0.05);
        var together = charge(new GaussianEvent(2).Then(new GaussianEvent(3)).Sampled(rate).Times(200), Comes, 1e-5);
        Assert.Equal(charge(new GaussianEvent(1 / Math.Sqrt((1 / 4.0) + (1 / 9.0))).Sampled(rate).Times(200), Comes, 1e-5), together, 1e-3);
    }

    /// <summary>Poisson-sampled Gaussians by dp_accounting's privacy loss distributions, with an interval of 1e-4.</summary>
    private static void Published_figures_are_met(Charge charge)
    {
        foreach (var (rate, sigma, steps, delta, expected) in new[] { (0.01, 1.0, 1000L, 1e-5, 1.828244), (0.2, 3, 100, 1e-6, 3.371055), (0.5, 4, 100, 1e-5, 5.868721) })
            Assert.Equal(expected, charge(new GaussianEvent(sigma).Sampled(new SamplingRate(rate)).Times(steps), Comes, delta), expected * 2e-3);
    }

    private static double Library(PrivacyEvent privacyEvent, NeighbouringRelation relation, double delta) =>
        new TightestAccountant(relation).EpsilonAt(privacyEvent, new Delta(delta)).Upper.Value;
}
