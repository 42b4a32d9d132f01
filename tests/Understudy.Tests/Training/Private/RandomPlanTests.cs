using FsCheck;
using FsCheck.Fluent;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;
using Understudy.Tests.Data;
using Understudy.Tests.PlantedBugs;
using Understudy.Torch;
using Understudy.Training.Private;

namespace Understudy.Tests.Training.Private;

/// <summary>No choice of public options makes a run report less than what an independent account of it says: of what was drawn, clipped and noised.</summary>
public sealed class RandomPlanTests
{
    // What the grid of the account may add.
    private const double Grid = 1 + 1e-3;

    /// <summary>The public options of a run.</summary>
    private sealed record Choice(
        NeighbouringRelation Relation, int Declared, int Actual, int Batch, int? Maximum, Clipping Clipping, long Steps, double Epsilon, double Delta,
        int Networks, double? SharesNoise, int MicroBatch, NormMethod Norms, bool HasFakes, bool HasAnchors, bool HasFree, bool IsDouble, double StopsAt, double Scale);

    private static readonly Arbitrary<Choice> Choices = (
        from relation in Gen.Elements(Enum.GetValues<NeighbouringRelation>())
        from declared in Gen.Choose(8, 160)
        from share in Gen.Choose(2, 100)
        from actual in Gen.Choose(50, 150)
        from isPadded in Gen.Elements(true, false)
        from excess in Gen.Choose(0, 12)
        from style in Gen.Elements(0, 1, 2, 2, 3)
        from bound in Gen.Elements(0.01, 1, 30.0)
        from steps in Gen.Choose(1, 25)
        from epsilon in Gen.Elements(0.3, 1, 3, 8.0)
        from delta in Gen.Elements(1e-6, 1e-5, 1e-3)
        from networks in Gen.Choose(1, 2)
        from shares in Gen.Elements<double?>(null, null, 3, 10)
        from microBatch in Gen.Elements(1, 7, 256)
        from norms in Gen.Elements(Enum.GetValues<NormMethod>())
        from flags in Gen.Choose(0, 15)
        from stop in Gen.Elements(1, 1, 0.4)
        from scale in Gen.Elements(0, 1e-3, 1, 1e6)
        let isFixed = isPadded && relation == NeighbouringRelation.ReplaceSpecial
        let batch = Math.Max(1, declared * share / 100)
        select new Choice(
            relation, declared, isFixed ? declared : declared * actual / 100, batch, isFixed ? Math.Min(declared, batch + excess) : null,
            // In small batches the count of norms would cost too much.
            style switch { 0 => new PerLayerClipping(bound), 1 => new AutomaticClipping(bound), 2 when !isFixed && batch > 60 => new AdaptiveClipping(bound, 0.3), _ => new FlatClipping(bound) },
            steps, epsilon, delta, isFixed ? 1 : networks, shares, microBatch, norms,
            (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0, stop, scale)).ToArbitrary();

    /// <summary>Sixteen plans from a fixed seed. Batches are secret chance: their sizes together raise a false alarm once in two million.</summary>
    [Fact]
    public void No_options_report_less_than_what_ran()
    {
        var (excess, variance, runs) = (0.0, 0.0, 0);
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(16).WithReplay(20260304UL, 7UL), Prop.ForAll(Choices, choice =>
        {
            if (Plans(choice) is not { } plans) return true;
            runs++;
            using var run = new MeasuredRun(choice.Declared, choice.Actual, choice.IsDouble);
            var (reported, target) = Run(choice, plans, run);
            var oracle = Oracle(choice, run).EpsilonAt(choice.Delta);
            Assert.True(reported * Grid >= oracle, $"{choice} reports {reported:R}, and {oracle:R} was spent");
            Assert.True(target * Grid >= oracle, $"{choice} was to keep {target:R}, and {oracle:R} was spent");
            if (choice.Maximum is null)
            {
                var rate = (double)choice.Batch / choice.Declared;
                excess += run.Drawn - (run.Sigmas.Count * choice.Actual * rate);
                variance += run.Sigmas.Count * choice.Actual * rate * (1 - rate);
            }
            return true;
        }));
        Assert.InRange(excess / Math.Sqrt(variance), -5, 5);
        Assert.True(runs > 12);
    }

    /// <summary>So that a run that lies would be found: a little less noise, a few more draws, another step, a query left out.</summary>
    [Fact]
    public void The_account_of_what_ran_sees_what_is_left_out()
    {
        foreach (var relation in Enum.GetValues<NeighbouringRelation>())
        {
            var plan = DpPlan.Calibrate(new Epsilon(2), new Delta(1e-5), relation, 250, 100, new AdaptiveClipping(1), 20);
            var (rate, sigma, count) = (0.4, plan.NoiseMultiplier.Value, plan.CountNoise!.Value.Value);
            double Spent(double q, double s, long steps) => new RunOracle(relation).Add(q, s, steps).EpsilonAt(1e-5);
            var both = Math.Pow(Math.Pow(sigma, -2) + Math.Pow(count, -2), -0.5);
            Assert.InRange(Spent(rate, both, 20), 1.99, 2 * Grid);
            Assert.All([Spent(rate, both * 0.98, 20), Spent(rate * 1.02, both, 20), Spent(rate, both, 21)], spent => Assert.True(spent > 2 * Grid));
            Assert.True(Spent(rate, sigma, 20) < Spent(rate, both, 20));
        }
    }

    /// <summary>Published and closed-form values, and batches so large that truncation does nothing.</summary>
    [Fact]
    public void The_account_of_what_ran_is_right()
    {
        foreach (var (rate, sigma, steps, delta, expected) in new[]
        {
            (0.01, 1.0, 1L, 1e-5, 0.199450), (0.01, 1, 1000, 1e-5, 1.828244), (0.05, 0.8, 100, 1e-6, 6.730629), (0.2, 3, 100, 1e-6, 3.371055), (0.5, 4, 100, 1e-5, 5.868721),
            (1, 1, 1, 1e-5, 4.377178),
        }) Assert.Equal(expected, new RunOracle(NeighbouringRelation.AddOrRemoveOne).Add(rate, sigma, steps).EpsilonAt(delta), 1e-3 * expected);
        var replaced = new RunOracle(NeighbouringRelation.ReplaceOne).Add(1, 4).EpsilonAt(1e-5);
        Assert.Equal(1e-5, Exact.GaussianDelta(2 / 4.0, replaced), 1e-10);
        var plain = new RunOracle(NeighbouringRelation.ReplaceSpecial).Add(0.1, 2, 5).EpsilonAt(1e-5);
        Assert.Equal(plain, new RunOracle(NeighbouringRelation.ReplaceSpecial).AddTruncated(100, 0.1, 100, 2, 5).EpsilonAt(1e-5), 1e-9);
        Assert.True(new RunOracle(NeighbouringRelation.ReplaceSpecial).AddTruncated(100, 0.1, 12, 2, 5).EpsilonAt(1e-5) > plain);
    }

    /// <summary>The plans of the networks; null where the count of adaptive clipping alone would cost too much.</summary>
    private static IReadOnlyList<DpPlan>? Plans(Choice choice)
    {
        var (epsilon, delta) = (new Epsilon(choice.Epsilon), new Delta(choice.Delta));
        try
        {
            return choice.Networks == 1
                ? [DpPlan.Calibrate(epsilon, delta, choice.Relation, choice.Declared, choice.Batch, choice.Clipping, choice.Steps, choice.Maximum)]
                : DpPlan.CalibrateTogether(epsilon, delta, choice.Relation, choice.Declared, choice.Batch, choice.Clipping, [choice.Steps, choice.Steps + 1]);
        }
        catch (ArgumentException) when (choice.Clipping is AdaptiveClipping)
        {
            return null;
        }
    }

    /// <summary>Runs the plans, and says what is reported of them and what they were to keep.</summary>
    private static (double Reported, double Target) Run(Choice choice, IReadOnlyList<DpPlan> plans, MeasuredRun run)
    {
        var account = new LedgerAccount(new string('a', 64), "image", choice.Relation, new Delta(choice.Delta));
        var shares = choice.SharesNoise is { } noise ? new GaussianMechanism(choice.Relation, 3, new NoiseMultiplier(noise), new ConstantNoise()) : null;

        var reserved = plans.Select((plan, i) => new LedgerPlan($"network {i}", plan.StepEvent, plan.Steps)).ToList();
        if (shares is not null) reserved.Add(new LedgerPlan("shares", shares.Event, 1));
        var members = run.Records(account).ForPlans(reserved);
        if (shares is not null) run.Releases.Add(members.Release("shares", shares, _ => [0])[0] / ConstantNoise.Unit / shares.Bound);
        var losses = new MeasuredRun.Losses(choice.Scale, choice.HasFakes, choice.HasAnchors, choice.HasFree);
        for (var i = 0; i < plans.Count; i++)
        {
            var stops = (int)Math.Ceiling(plans[i].Steps * choice.StopsAt);
            run.Train($"network {i}", plans[i], members, stops, losses, new PerformanceOptions { MicroBatch = choice.MicroBatch, Norms = choice.Norms });
        }
        return (run.Reported(account), shares is null ? choice.Epsilon : double.PositiveInfinity);
    }

    /// <summary>ε of the steps as they were measured.</summary>
    private static RunOracle Oracle(Choice choice, MeasuredRun run)
    {
        var oracle = new RunOracle(choice.Relation);
        var rate = (double)choice.Batch / choice.Declared;
        foreach (var same in run.Sigmas.GroupBy(sigma => Math.Round(sigma, 3)))
        {
            var (sigma, times) = (same.Max(), same.Count());
            if (choice.Maximum is { } maximum) oracle.AddTruncated(choice.Actual, rate, maximum, sigma, times);
            else oracle.Add(rate, sigma, times);
        }
        foreach (var sigma in run.Releases) oracle.Add(1, sigma);
        return oracle;
    }
}
