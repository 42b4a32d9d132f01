using FsCheck;
using FsCheck.Fluent;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Accounting;

/// <summary>Properties over random plans, 25 a property from a fixed seed.</summary>
public sealed class AccountantPropertyTests
{
    private static readonly PldAccountant Pld = new(AddOrRemoveOne);
    private static readonly RdpAccountant Rdp = new(AddOrRemoveOne);

    // Rounding may put two answers to one question this far apart.
    private const double Rounding = 1e-9;

    private sealed record Plan(double Rate, double Sigma, long Steps, double Delta)
    {
        public PrivacyEvent Event => new GaussianEvent(Sigma).Sampled(new SamplingRate(Rate)).Times(Steps);
    }

    private static readonly Arbitrary<Plan> Plans = (
        from rate in LogUniform(-3.5, -0.2)
        from sigma in LogUniform(-0.25, 0.8)
        from steps in LogUniform(0, 3.5)
        from delta in LogUniform(-9, -2)
        select new Plan(rate, sigma, (long)Math.Ceiling(steps), delta)).ToArbitrary();

    private static Gen<double> LogUniform(double low, double high) =>
        Gen.Choose(0, 1_000_000).Select(i => Math.Pow(10, low + (high - low) * i / 1e6));

    private static void ForAll(Func<Plan, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25).WithReplay(20260101UL, 3UL), Prop.ForAll(Plans, property));

    [Fact]
    public void Lower_ends_stay_below_upper_ends_below_renyi() => ForAll(plan =>
    {
        var bracket = Pld.EpsilonAt(plan.Event, new Delta(plan.Delta));
        return bracket.Lower.Value <= bracket.Upper.Value
            && bracket.Lower.Value <= Rdp.EpsilonAt(plan.Event, new Delta(plan.Delta)).Upper.Value * (1 + Rounding) + Rounding
            && bracket.Upper.Value - bracket.Lower.Value <= 1e-3 * bracket.Upper.Value + 1e-9;
    });

    [Fact]
    public void Epsilon_rises_with_steps_and_rate_and_falls_with_noise_and_delta() => ForAll(plan =>
    {
        double Upper(Plan p) => Pld.EpsilonAt(p.Event, new Delta(p.Delta)).Upper.Value;
        var lower = Pld.EpsilonAt(plan.Event, new Delta(plan.Delta)).Lower.Value * (1 - Rounding);
        return lower <= Upper(plan with { Steps = plan.Steps + 1 + plan.Steps / 10 }) && lower <= Upper(plan with { Rate = Math.Min(1, plan.Rate * 1.05) })
            && lower <= Upper(plan with { Sigma = plan.Sigma * 0.97 }) && lower <= Upper(plan with { Delta = plan.Delta / 2 });
    });

    [Fact]
    public void Delta_undoes_epsilon() => ForAll(plan =>
    {
        var epsilon = Pld.EpsilonAt(plan.Event, new Delta(plan.Delta));
        if (epsilon.Upper.Value == 0) return true;
        var delta = Pld.DeltaAt(plan.Event, epsilon.Upper);
        return delta.Lower.Value <= plan.Delta * (1 + 1e-7) && delta.Upper.Value >= plan.Delta * (1 - 0.02);
    });

    /// <summary>The Bromwich integral has no lattice; both directions count.</summary>
    [Theory]
    [InlineData(0.01, 1, 1000, 1, 4)]
    [InlineData(0.01, 1, 1000, 2, 8)]
    [InlineData(0.2, 0.7, 20, 6, 1.5)]
    [InlineData(0.001, 1.2, 20_000, 0.6, 8)]
    [InlineData(0.05, 3, 500, 3, 20)]
    public void Brackets_hold_what_the_bromwich_integral_finds(double rate, double sigma, long steps, double epsilon, double tilt)
    {
        var removal = SaddlePointOracle.Removal(rate, sigma, steps, epsilon, tilt);
        var addition = SaddlePointOracle.Addition(rate, sigma, steps, epsilon, tilt);
        var bracket = Pld.DeltaAt(new Plan(rate, sigma, steps, 0).Event, new Epsilon(epsilon));

        Assert.True(addition < removal, $"addition {addition}, removal {removal}");
        Assert.InRange(removal, bracket.Lower.Value * (1 - 1e-8), bracket.Upper.Value * (1 + 1e-8));
        Assert.InRange(bracket.Upper.Value / bracket.Lower.Value, 1, 1.002);
    }

    /// <summary>All the ways to write n runs cost the same, for every kind of event and relation that an accountant takes.</summary>
    [Fact]
    public void Runs_listed_nested_or_counted_cost_the_same()
    {
        foreach (var (kind, relation) in EventSamples.All.SelectMany(e => Enum.GetValues<NeighbouringRelation>().Select(r => (e, r))))
        {
            foreach (var accountant in (PrivacyAccountant[])[new PldAccountant(relation), new RdpAccountant(relation)])
            {
                if (!accountant.Supports(kind)) continue;
                double Of(PrivacyEvent e) => accountant.EpsilonAt(e, new Delta(0.3)).Upper.Value;
                var counted = Of(kind.Times(6));
                Assert.Equal(counted, Of(new ComposedEvent([kind, kind, kind, kind, kind, kind])));
                Assert.Equal(counted, Of(kind.Times(2).Times(3)));
                Assert.Equal(counted, Of(kind.Then(kind.Times(4)).Then(new NoOpEvent()).Then(kind)));
                Assert.True(counted >= Of(kind) * (1 - Rounding), $"{kind} {relation}");
            }
        }
    }

    /// <summary>A discrete bound and the exact one cannot cross: what no accountant may report, no accountant reports.</summary>
    [Fact]
    public void The_tightest_accountant_is_the_smaller_of_the_two()
    {
        foreach (var kind in EventSamples.All)
        {
            var tightest = new TightestAccountant(ReplaceSpecial);
            if (!tightest.Supports(kind)) continue;
            var answer = tightest.EpsilonAt(kind.Times(3), new Delta(1e-3)).Upper.Value;
            foreach (var accountant in (PrivacyAccountant[])[new PldAccountant(ReplaceSpecial), new RdpAccountant(ReplaceSpecial)])
                if (accountant.Supports(kind)) Assert.True(answer <= accountant.EpsilonAt(kind.Times(3), new Delta(1e-3)).Upper.Value, $"{kind}");
        }
    }

    [Fact]
    public void Next_to_no_noise_has_a_guarantee_still_if_a_huge_one()
    {
        var plan = new GaussianEvent(0.02).Sampled(new SamplingRate(0.1)).Times(40);
        var bracket = new TightestAccountant(NeighbouringRelation.AddOrRemoveOne).EpsilonAt(plan, new Delta(1e-5));
        Assert.InRange(bracket.Upper.Value, 1000, 1e6);
        Assert.True(bracket.Lower.CompareTo(bracket.Upper) <= 0);
    }
}
