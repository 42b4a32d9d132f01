using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Tests;
using Understudy.Tests.Data;
using Understudy.Tests.PlantedBugs;
using Understudy.Training.Private;

namespace Understudy.Tests.Training.Private;

public sealed class PrivateSumsTests
{
    private static readonly DpPlan Plan = DpPlan.Calibrate(new Epsilon(1), new Delta(1e-5), NeighbouringRelation.AddOrRemoveOne, 20, 20, new FlatClipping(3), 4);

    /// <summary>40,000 numbers of N(0, σ²C²), σ = √T/μ in closed form; a false alarm once in 4 million runs.</summary>
    [Fact]
    public void Sums_have_the_noise_of_the_plan_and_end_with_it()
    {
        using var folder = new TempFolder();
        var deviation = 3 * Math.Sqrt(4) / Exact.Mu(1, 1e-5);
        using var sums = new PrivateSums("sums", Plan, Images.Noise(20).Private(folder));
        var (released, read) = (new List<double>(), 0);
        while (sums.TrySum(Nothing) is { } noised) released.AddRange(noised);
        Assert.Equal((40_000, 80), (released.Count, read));
        var tail = Statistics.ChiSquareTail(released.Sum(x => x * x / (deviation * deviation)), 40_000);
        Assert.InRange(tail, 1.25e-7, 1 - 1.25e-7);
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        Assert.InRange(ledger.Extract(Accounts.Account.Fingerprint).Spent.Upper, 0.99, 1);

        double[] Nothing(ImageSet records)
        {
            read += records.Count;
            return new double[10_000];
        }
    }

    [Fact]
    public void A_sum_is_paid_for_before_it_is_made_and_none_leaves_without_noise()
    {
        using var folder = new TempFolder();
        using var sums = new PrivateSums("sums", Plan, Images.Noise(20).Private(folder), new FailingNoise(0));
        Assert.ThrowsAny<Exception>(() => sums.TrySum(_ => Spent(folder) > 0 ? new double[3] : throw new Xunit.Sdk.XunitException("not paid for")));
        Assert.Throws<ArgumentException>(() => sums.TrySum(_ => [double.NaN]));
        Assert.True(Spent(folder) >= 2);
    }

    [Fact]
    public void Other_ways_of_clipping_are_refused()
    {
        using var folder = new TempFolder();
        var plan = DpPlan.Calibrate(new Epsilon(1), new Delta(1e-5), NeighbouringRelation.AddOrRemoveOne, 20, 20, new PerLayerClipping(3), 4);
        Assert.Throws<ArgumentException>(() => new PrivateSums("sums", plan, Images.Noise(20).Private(folder)));
    }

    private static long Spent(TempFolder folder)
    {
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        return ledger.Extract(Accounts.Account.Fingerprint).Reservations.Sum(use => use.Plans.Sum(plan => plan.Spent));
    }
}
