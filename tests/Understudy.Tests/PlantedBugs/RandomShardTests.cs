using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Calibration;
using Understudy.Privacy.Events;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>What a release from a shard of the records must do. Every check passes on the library and catches the bug that it is there for.</summary>
public sealed class RandomShardTests
{
    private static readonly MutantSet<Sigma> Planted = new(Library, new Dictionary<string, (Action<Sigma> Check, Sigma Mutant)>
    {
        ["C for 2C: a record can turn its critic round"] = (Noise_covers_what_a_record_does_to_its_shard, (e, shards, steps) => Library(e, shards, steps) / 2),
        ["the shards accounted for as a Poisson sample of what was added"] = (Noise_covers_a_shard_that_is_replaced_at_a_rate, (e, shards, steps) =>
            2 * new Calibrator(new TightestAccountant(NeighbouringRelation.AddOrRemoveOne), new Epsilon(e), new Delta(1e-5))
                .SmallestNoiseMultiplier(sigma => new GaussianEvent(sigma).Sampled(new SamplingRate(1.0 / shards)).Times(steps)).Value),
        ["one step charged"] = (Noise_covers_what_a_record_does_to_its_shard, (e, shards, _) => Library(e, shards, 1)),
    });

    /// <summary>The calibration under test: from ε, shards and steps to σ.</summary>
    private delegate double Sigma(double epsilon, int shards, long steps);

    public static TheoryData<string> CheckNames => Planted.Checks;

    public static TheoryData<string> Bugs => Planted.Bugs;

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void The_library_passes(string check) => Planted.LibraryPasses(check);

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_caught(string bug) => Planted.IsCaught(bug);

    /// <summary>Two long vectors are clipped as one, one that is not finite is left out; a tenth of a percent of noise in each place. Eight standard deviations.</summary>
    [Fact]
    public void A_vector_is_clipped_as_a_whole_and_noised_once()
    {
        using var folder = new TempFolder();
        var plan = new Understudy.Privacy.Ledger.LedgerPlan("shard", new RandomShardGaussianEvent(3, new NoiseMultiplier(1e-3)), 12);
        using var scope = new TensorScope();
        using var shards = new RandomShardGradients(plan, 2, Images.Noise(20).Private(folder));
        var seen = new Dictionary<int, int>();
        var noise = new List<double>();
        for (var step = 0; step < 11; step++)
        {
            var released = shards.TryRelease((number, records) =>
            {
                seen[number] = records.Count;
                return Tensor.From([3f, 4, 0, 0, 30, 40], 2, 3);
            })!.ToArray<float>();
            var length = Math.Sqrt(9 + 16 + 900 + 1600);
            foreach (var (value, raw) in released.Zip(new[] { 3.0, 4, 0, 0, 30, 40 })) noise.Add(value - (2 * raw / length));
        }
        Assert.Equal(20, seen.Values.Sum());
        Assert.All(noise, x => Assert.InRange(Math.Abs(x), 0, 8 * 2e-3));
        Assert.InRange(Math.Sqrt(noise.Average(x => x * x)), 1e-3, 3e-3);
        Assert.All(shards.TryRelease((_, _) => Tensor.From([float.NaN, 1], 2))!.ToArray<float>(), x => Assert.InRange(Math.Abs(x), 0, 8 * 2e-3));
        Assert.Null(shards.TryRelease((_, _) => throw new Xunit.Sdk.XunitException("not paid for")));
    }

    /// <summary>One shard: T Gaussians of distance 2/σ in closed form.</summary>
    private static void Noise_covers_what_a_record_does_to_its_shard(Sigma sigma)
    {
        var expected = 2 * Math.Sqrt(9) / Exact.Mu(2, 1e-5);
        Assert.InRange(sigma(2, 1, 9), expected * (1 - 1e-9), expected * 1.001);
    }

    /// <summary>As if a shard were a record, and one of S were drawn without replacement and might be another.</summary>
    private static void Noise_covers_a_shard_that_is_replaced_at_a_rate(Sigma sigma)
    {
        var ran = new RandomShardGaussianEvent(4, new NoiseMultiplier(sigma(2, 4, 50))).Times(50);
        Assert.InRange(new TightestAccountant(NeighbouringRelation.AddOrRemoveOne).EpsilonAt(ran, new Delta(1e-5)).Upper.Value, 2 * 0.99, 2 * (1 + 1e-6));
    }

    private static double Library(double epsilon, int shards, long steps) =>
        ((RandomShardGaussianEvent)RandomShardGradients.PlanFor("shard", new Epsilon(epsilon), Accounts.Account, shards, steps).Event).NoiseMultiplier.Value;
}
