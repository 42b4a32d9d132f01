using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Mechanisms;
using Understudy.Privacy.Tests.Noise;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Mechanisms;

public sealed class DiscreteGaussianMechanismTests
{
    /// <summary>Σ(x − sum)²/(σC)² is χ² with one degree a coordinate (a discrete Gaussian of so many steps differs from that by less than 1e-9).</summary>
    [Fact]
    public void The_noise_has_a_standard_deviation_of_sigma_times_the_bound()
    {
        const int dimensions = 20_000;
        const double bound = 3, sigma = 0.7;
        var mechanism = new DiscreteGaussianMechanism(ReplaceOne, dimensions, bound, new NoiseMultiplier(sigma), null, new SeededNoiseSource(1));
        var sum = new long[dimensions];
        Array.Fill(sum, 5L * mechanism.Resolution);

        var statistic = mechanism.Release(sum).Sum(x => Math.Pow((x - 5 * bound) / (bound * sigma), 2));

        Assert.True(Statistics.TwoSided((statistic - dimensions) / Math.Sqrt(2 * dimensions)) > Statistics.FalseAlarm);
    }

    /// <summary>A coarse grid of few steps: the release's distribution is the discrete Gaussian's, by χ² with a false-alarm rate of 1e-6.</summary>
    [Fact]
    public void On_a_coarse_grid_the_noise_is_discrete()
    {
        const int resolution = 2, reach = 7, draws = 20_000;
        const double sigma = 1;
        var counts = new long[2 * reach + 1];
        for (var i = 0; i < draws; i++)
        {
            var mechanism = new DiscreteGaussianMechanism(AddOrRemoveOne, 1, 10, new NoiseMultiplier(sigma), resolution, new SeededNoiseSource(i));
            var steps = mechanism.Release([3])[0] / 5 - 3; // a step is 10/2
            Assert.Equal(Math.Round(steps), steps, 1e-12);
            counts[(int)Math.Clamp(Math.Round(steps), -reach, reach) + reach]++;
        }

        double Weight(int k) => Math.Exp(-k * k / (2 * sigma * sigma * resolution * resolution));
        var total = Enumerable.Range(-60, 121).Sum(Weight);
        var expected = Enumerable.Range(-reach, 2 * reach + 1).Select(k => draws * Weight(k) / total).ToArray();
        expected[0] = expected[^1] = draws * Enumerable.Range(reach, 60).Sum(Weight) / total;
        Assert.True(Statistics.PearsonTail(counts, expected) > Statistics.FalseAlarm);
    }

    /// <summary>Rounding lengthens a vector by up to half the grid's diagonal: here every coordinate rounds up.</summary>
    [Theory]
    [InlineData(1, 1024)]
    [InlineData(64, 5)]
    [InlineData(10_000, 60)]
    public void No_record_adds_more_than_the_bound(int dimensions, int resolution)
    {
        var mechanism = new DiscreteGaussianMechanism(AddOrRemoveOne, dimensions, 2, new NoiseMultiplier(1), resolution);
        var random = new Random(1);
        double[][] records =
        [
            [.. Enumerable.Repeat(1e20, dimensions)],
            [.. Enumerable.Repeat(2.0 * 0.501 / resolution, dimensions)],
            [.. Enumerable.Range(0, dimensions).Select(_ => random.NextDouble() - 0.5)],
            [.. Enumerable.Range(0, dimensions).Select(i => i == 0 ? -1e9 : 0)],
        ];
        foreach (var record in records)
        {
            var sum = new long[dimensions];
            mechanism.Accumulate(record, sum);
            Assert.InRange(sum.Sum(k => k * k), 0, (long)resolution * resolution);
        }
        var single = new long[dimensions];
        mechanism.Accumulate(records[^1], single);
        Assert.Equal(-(long)Math.Round((resolution - Math.Sqrt(dimensions) / 2) * (1 - 1e-6)), single[0]); // C less half the grid's diagonal
        var broken = new long[dimensions];
        mechanism.Accumulate([.. Enumerable.Repeat(double.NaN, dimensions)], broken);
        Assert.All(broken, k => Assert.Equal(0, k));
        Assert.Throws<ArgumentException>(() => mechanism.Accumulate(new double[dimensions + 1], broken));
    }

    [Fact]
    public void Records_within_the_bound_are_summed_to_half_a_step()
    {
        var mechanism = new DiscreteGaussianMechanism(AddOrRemoveOne, 2, 1, new NoiseMultiplier(1));
        var sum = new long[2];
        mechanism.Accumulate([0.25, -0.5], sum);
        mechanism.Accumulate([0.25, 0.1], sum);

        Assert.Equal(0.5, (double)sum[0] / mechanism.Resolution, 1.0 / mechanism.Resolution);
        Assert.Equal(-0.4, (double)sum[1] / mechanism.Resolution, 1.0 / mechanism.Resolution);
    }

    /// <summary>One dimension: the exact distribution on the integers. More: ρ = 1/(2σ²), and 4ρ for a replacement.</summary>
    [Fact]
    public void The_event_says_what_is_known()
    {
        var sigma = new NoiseMultiplier(2);
        var vector = new DiscreteGaussianMechanism(ReplaceOne, 100, 1, sigma);

        Assert.Equal(new DiscreteGaussianEvent(2048, 1024), new DiscreteGaussianMechanism(AddOrRemoveOne, 1, 7, sigma).Event);
        Assert.Equal(new DiscreteGaussianVectorEvent(sigma), vector.Event);
        Assert.Equal(ZeroConcentrated.EpsilonAt(0.5, new Delta(1e-6)).Value, vector.EpsilonAt(new Delta(1e-6)).Upper.Value, 1e-6);
        Assert.Equal(Epsilon.Infinite, new RdpAccountant(ReplaceOne).EpsilonAt(new DiscreteGaussianVectorEvent(new NoiseMultiplier(0)), new Delta(0.1)).Upper);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public void Calibration_never_overshoots(int dimensions)
    {
        foreach (var relation in Enum.GetValues<NeighbouringRelation>())
        {
            var mechanism = DiscreteGaussianMechanism.Calibrate(relation, dimensions, 1, new Epsilon(1), new Delta(1e-5));
            Assert.InRange(mechanism.EpsilonAt(new Delta(1e-5)).Upper.Value, 1 - 1e-5, 1);
        }
    }
}
