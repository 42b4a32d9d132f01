using Understudy.Privacy.Events;
using Understudy.Privacy.Mechanisms;
using Understudy.Privacy.Tests.Noise;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Mechanisms;

public sealed class GaussianMechanismTests
{
    /// <summary>Balle and Wang's analytic Gaussian at δ = 1e-5.</summary>
    [Theory]
    [InlineData(1, 3.7306)]
    [InlineData(10, 0.49989)]
    public void Calibration_gives_the_published_noise(double epsilon, double expected)
    {
        var mechanism = GaussianMechanism.Calibrate(AddOrRemoveOne, 2, new Epsilon(epsilon), new Delta(1e-5));

        Assert.Equal(expected, mechanism.NoiseMultiplier.Value, expected * 1e-4 / 2);
        Assert.Equal(2, mechanism.Bound);
    }

    /// <summary>Under every relation the accountant's ε meets the target from below; a replacement needs twice the noise.</summary>
    [Theory]
    [InlineData(0.01, 1e-9)]
    [InlineData(1, 1e-5)]
    [InlineData(20, 0.1)]
    public void Calibration_never_overshoots(double epsilon, double delta)
    {
        foreach (var relation in Enum.GetValues<NeighbouringRelation>())
        {
            var mechanism = GaussianMechanism.Calibrate(relation, 1, new Epsilon(epsilon), new Delta(delta));
            Assert.InRange(mechanism.EpsilonAt(new Delta(delta)).Upper.Value, epsilon * (1 - 1e-9), epsilon);
        }
        double Sigma(NeighbouringRelation relation) => GaussianMechanism.Calibrate(relation, 1, new Epsilon(epsilon), new Delta(delta)).NoiseMultiplier.Value;
        Assert.Equal(2 * Sigma(AddOrRemoveOne), Sigma(ReplaceOne), 1e-9 * Sigma(ReplaceOne));
        Assert.Equal(Sigma(AddOrRemoveOne), Sigma(ReplaceSpecial));
    }

    /// <summary>Σ(x − sum)²/(σC)² is χ² with one degree a coordinate, for float and double alike, under every relation; false alarms: 1e-6 each.</summary>
    [Fact]
    public void The_noise_has_a_standard_deviation_of_sigma_times_the_bound()
    {
        const int dimensions = 100_000;
        const double bound = 3, sigma = 0.7, value = 12;
        foreach (var relation in Enum.GetValues<NeighbouringRelation>())
        {
            var doubles = Enumerable.Repeat(value, dimensions).ToArray();
            var floats = Enumerable.Repeat((float)value, dimensions).ToArray();
            new GaussianMechanism(relation, bound, new NoiseMultiplier(sigma), new SeededNoiseSource(1)).Release(doubles);
            new GaussianMechanism(relation, bound, new NoiseMultiplier(sigma), new SeededNoiseSource(2)).Release(floats);

            foreach (var released in (IEnumerable<double>[])[doubles, floats.Select(f => (double)f)])
            {
                var statistic = released.Sum(x => Math.Pow((x - value) / (bound * sigma), 2));
                Assert.True(Statistics.TwoSided((statistic - dimensions) / Math.Sqrt(2 * dimensions)) > Statistics.FalseAlarm);
            }
        }
        Assert.Equal(new GaussianEvent(sigma), new GaussianMechanism(ReplaceOne, bound, new NoiseMultiplier(sigma)).Event);
    }

    /// <summary>Long, short, empty and broken records: none adds more than C.</summary>
    [Fact]
    public void No_record_adds_more_than_the_bound()
    {
        var mechanism = new GaussianMechanism(AddOrRemoveOne, 5, new NoiseMultiplier(1));
        double[] Contribution(params double[] record)
        {
            var sum = new double[2];
            mechanism.Accumulate(record, sum);
            return sum;
        }

        Assert.Equal([3.0, -1.0], Contribution(3, -1));
        var clipped = Contribution(30, -40);
        Assert.InRange(Math.Sqrt(clipped[0] * clipped[0] + clipped[1] * clipped[1]), 5 * (1 - 1e-5), 5);
        Assert.Equal(-0.75, clipped[0] / clipped[1], 1e-12);
        Assert.InRange(Contribution(1e20, 0)[0], 4.9999, 5);
        Assert.Equal([0.0, 0.0], Contribution(double.NaN, 1));
        Assert.Equal([0.0, 0.0], Contribution(1, double.NegativeInfinity));
        Assert.Equal([0.0, 0.0], Contribution(1e300, 1e300));
        Assert.Throws<ArgumentException>(() => mechanism.Accumulate([1.0], new double[2]));
    }

    [Theory]
    [InlineData(0, 1e-5)]
    [InlineData(double.PositiveInfinity, 1e-5)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    public void Targets_without_meaning_are_refused(double epsilon, double delta) => Assert.Throws<ArgumentOutOfRangeException>(
        () => GaussianMechanism.Calibrate(AddOrRemoveOne, 1, new Epsilon(epsilon), new Delta(delta)));
}
