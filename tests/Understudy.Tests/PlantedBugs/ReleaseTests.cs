using Understudy.Privacy;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Tests;
using Understudy.Torch;

namespace Understudy.Tests.PlantedBugs;

/// <summary>What a single release must do. Every check passes on the library, and on the mechanism by the book, and catches the bug that it is there for.</summary>
public sealed class ReleaseTests
{
    private const double FalseAlarm = 2.5e-7;
    private const NeighbouringRelation Comes = NeighbouringRelation.AddOrRemoveOne;
    private const NeighbouringRelation Replaced = NeighbouringRelation.ReplaceOne;

    private static readonly Dictionary<string, (Action<Release> Check, Func<Releasing, TextbookRelease> Make)> Mutants = new()
    {
        ["no noise"] = (Noise_is_that_of_epsilon, t => new Deviating(t, _ => 0)),
        ["half the noise"] = (Noise_is_that_of_epsilon, t => new Deviating(t, s => s / 2)),
        ["sigma not times C"] = (Noise_is_that_of_epsilon, t => new Deviating(t, s => s / t.Bound)),
        ["half the sensitivity"] = (Noise_is_that_of_epsilon, t => new Distant(t, 0.5)),
        ["C for a replacement, which moves the sum by 2C"] = (Noise_is_that_of_epsilon, t => new Distant(t, 1)),
        ["one noise for two releases"] = (Two_releases_have_noise_of_their_own, t => new Reused(t)),
        ["noise from the experiment's seed"] = (Two_releases_have_noise_of_their_own, t => new Seeded(t)),
        ["clipped after summing"] = (Records_are_clipped_one_by_one, t => new ClippedSum(t)),
        ["a bound from the records"] = (Records_are_clipped_one_by_one, t => new BoundOfData(t)),
        ["a failure of the noise swallowed"] = (Without_noise_there_is_no_release, t => new Swallowed(t)),
        ["paid after the release"] = (A_release_is_paid_for_before_it_leaves, t => new PaidAfter(t)),
        ["released twice for one payment"] = (A_run_releases_once, t => new Twice(t)),
        ["less told than done"] = (The_ledger_is_told_what_was_released, t => new Understated(t)),
    };

    private static readonly Dictionary<string, Action<Release>> Checks = Mutants.Values.Select(mutant => mutant.Check).DistinctBy(check => check.Method.Name).ToDictionary(check => check.Method.Name);

    /// <summary>The release under test.</summary>
    private delegate void Release(Releasing trial, string label);

    public static TheoryData<string> CheckNames => [.. Checks.Keys];

    public static TheoryData<string> Bugs => [.. Mutants.Keys];

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void The_library_passes(string check) => Checks[check](TextbookRelease.Library);

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void The_book_passes(string check) => Checks[check]((trial, label) => new TextbookRelease(trial).Release(label));

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_caught(string bug)
    {
        var (check, make) = Mutants[bug];
        Dictionary<Releasing, TextbookRelease> made = [];
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => check((trial, label) =>
        {
            if (!made.TryGetValue(trial, out var release)) made[trial] = release = make(trial);
            release.Release(label);
        }));
    }

    /// <summary>σ by the closed form, with 2C for a replacement.</summary>
    private static void Noise_is_that_of_epsilon(Release release)
    {
        foreach (var (relation, distance) in new[] { (Comes, 1), (Replaced, 2) })
        {
            using var trial = new Releasing(relation, 3, 1, new double[10_000]);
            release(trial, "sum");
            var deviation = distance * 3 / Exact.Mu(1, 1e-5);
            var squares = trial.Released[0].Sum(x => x * x / (deviation * deviation));
            var upper = Statistics.ChiSquareTail(squares, 10_000);
            Assert.True(upper is > FalseAlarm and < 1 - FalseAlarm, $"the noise has variance {squares / 10_000} in place of 1 under {relation}");
        }
    }

    /// <summary>Under one seed of the experiment.</summary>
    private static void Two_releases_have_noise_of_their_own(Release release)
    {
        using var trial = new Releasing(Comes, 1, 1, new double[10_000]);
        foreach (var label in new[] { "first", "second" })
        {
            TorchRuntime.ManualSeed(3);
            release(trial, label);
        }
        var products = trial.Released[0].Zip(trial.Released[1], (x, y) => x * y).Sum();
        var z = products / Math.Sqrt(trial.Released[0].Sum(x => x * x) * trial.Released[1].Sum(x => x * x) / 10_000);
        Assert.True(Statistics.TwoSided(z) > FalseAlarm, $"two releases are correlated: z = {z}");
    }

    /// <summary>Three long vectors, a short and a broken one. The tolerance holds 8 deviations of the noise at ε = 500.</summary>
    private static void Records_are_clipped_one_by_one(Release release)
    {
        using var trial = new Releasing(Comes, 2, 500, [1000, 0], [3000, 0], [5, 0], [0, 0.5], [double.NaN, 1]);
        release(trial, "sum");
        Assert.Equal(6, trial.Released[0][0], 0.6);
        Assert.Equal(0.5, trial.Released[0][1], 0.6);
    }

    private static void Without_noise_there_is_no_release(Release release)
    {
        using var trial = new Releasing(Comes, 1, 1, [1.0, 2]) { Noise = new FailingNoise(0) };
        Assert.ThrowsAny<Exception>(() => release(trial, "sum"));
        Assert.Empty(trial.Released);
    }

    /// <summary>While the records are read the custodian lowers the cap, so that the ledger refuses the payment.</summary>
    private static void A_release_is_paid_for_before_it_leaves(Release release)
    {
        Releasing? reading = null;
        using var trial = new Releasing(Comes, 1, 1, [1.0, 2]) { WhenRead = () => Lower(reading!) };
        reading = trial;
        Assert.Throws<LedgerCapException>(() => release(trial, "sum"));
        Assert.Empty(trial.Released);

        static void Lower(Releasing trial)
        {
            using var ledger = trial.OpenLedger();
            ledger.SetCap(trial.Account.Fingerprint, new Epsilon(0.1), "custodian");
        }
    }

    private static void A_run_releases_once(Release release)
    {
        using var trial = new Releasing(Comes, 1, 1, [1.0, 2]);
        release(trial, "sum");
        Assert.Throws<LedgerException>(() => release(trial, "sum"));
        Assert.Single(trial.Released);
    }

    private static void The_ledger_is_told_what_was_released(Release release)
    {
        using var trial = new Releasing(Comes, 1, 1, [1.0, 2]);
        release(trial, "sum");
        using var ledger = trial.OpenLedger();
        Assert.InRange(ledger.Extract(trial.Account.Fingerprint).Spent.Upper, 0.999, 1.001);
    }

    private sealed class Deviating(Releasing trial, Func<double, double> deviation) : TextbookRelease(trial)
    {
        protected override double Deviation => deviation(base.Deviation);
    }

    private sealed class Distant(Releasing trial, double distance) : TextbookRelease(trial)
    {
        protected override double Distance => distance;
    }

    private sealed class Reused(Releasing trial) : TextbookRelease(trial)
    {
        private double[]? noise;

        protected override void AddNoise(double[] sum)
        {
            if (noise is null) base.AddNoise(noise = new double[sum.Length]);
            for (var i = 0; i < sum.Length; i++) sum[i] += noise[i];
        }
    }

    private sealed class Seeded(Releasing trial) : TextbookRelease(trial)
    {
        protected override void AddNoise(double[] sum)
        {
            using var scope = new TensorScope();
            var noise = Tensor.RandN([sum.Length], DType.Float64).ToArray<double>();
            for (var i = 0; i < sum.Length; i++) sum[i] += noise[i] * Deviation;
        }
    }

    private sealed class ClippedSum(Releasing trial) : TextbookRelease(trial)
    {
        protected override double Factor(double[] vector) => 1;

        protected override double[] Sum()
        {
            var sum = base.Sum();
            var factor = base.Factor(sum);
            return Array.ConvertAll(sum, x => x * factor);
        }
    }

    private sealed class BoundOfData(Releasing trial) : TextbookRelease(trial)
    {
        protected override double Factor(double[] vector) => Math.Min(1, Trial.Vectors.Select(Norm).Where(double.IsFinite).Max() / Norm(vector));
    }

    private sealed class Swallowed(Releasing trial) : TextbookRelease(trial)
    {
        protected override void AddNoise(double[] sum)
        {
            try
            {
                base.AddNoise(sum);
            }
            catch (Exception)
            {
                // Released as it is.
            }
        }
    }

    private sealed class PaidAfter(Releasing trial) : TextbookRelease(trial)
    {
        protected override void Finish(Action pay, Action release) => base.Finish(release, pay);
    }

    private sealed class Twice(Releasing trial) : TextbookRelease(trial)
    {
        private bool isPaid;

        protected override bool IsLeft(LedgerReservation reservation, string label) => true;

        protected override void Finish(Action pay, Action release)
        {
            if (!isPaid) pay();
            isPaid = true;
            release();
        }
    }

    private sealed class Understated(Releasing trial) : TextbookRelease(trial)
    {
        protected override PrivacyEvent Told => new GaussianEvent(Sigma * 2);
    }
}
