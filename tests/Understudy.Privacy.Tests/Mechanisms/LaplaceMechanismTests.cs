using System.Numerics;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Mechanisms;
using Understudy.Privacy.Tests.Noise;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Mechanisms;

public sealed class LaplaceMechanismTests
{
    /// <summary>e^(−|x|/(bC)) is uniform on either side: 50 cells each, by χ² with a false-alarm rate of 1e-6.</summary>
    [Fact]
    public void The_noise_is_laplace_of_scale_b_times_the_bound()
    {
        const int dimensions = 200_000, cells = 50;
        const double bound = 3, scale = 0.4, value = -7.3;
        var sum = Enumerable.Repeat(value, dimensions).ToArray();

        new LaplaceMechanism(AddOrRemoveOne, bound, scale, new SeededNoiseSource(1)).Release(sum);

        var counts = new long[2 * cells];
        foreach (var x in sum)
        {
            var noise = (x - value) / (bound * scale);
            counts[Math.Min((int)(cells * Math.Exp(-Math.Abs(noise))), cells - 1) + (noise < 0 ? cells : 0)]++;
        }
        Assert.True(Statistics.PearsonTail(counts, [.. Enumerable.Repeat((double)dimensions / counts.Length, counts.Length)]) > Statistics.FalseAlarm);
    }

    /// <summary>Whatever the low bits of the sum were, the release has only those of the grid: a power of two between bC/2⁴¹ and bC/2⁴⁰.</summary>
    [Fact]
    public void Releases_lie_on_the_grid()
    {
        var random = new Random(1);
        var sum = Enumerable.Range(0, 1000).Select(_ => random.NextDouble() * 1e-3).ToArray();
        new LaplaceMechanism(AddOrRemoveOne, 3, 0.5).Release(sum);

        Assert.All(sum, x => Assert.Equal(Math.Round(Math.ScaleB(x, 40)), Math.ScaleB(x, 40)));
        Assert.Contains(sum, x => Math.Round(Math.ScaleB(x, 39)) != Math.ScaleB(x, 39));
    }

    /// <summary>t·g ≥ b(C + 2dg), in whole numbers, and barely more.</summary>
    [Fact]
    public void The_scale_makes_up_for_the_grid()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            double bound = Math.Pow(10, 8 * random.NextDouble() - 4), scale = Math.Pow(10, 6 * random.NextDouble() - 3);
            var dimensions = (int)Math.Pow(10, 5 * random.NextDouble());
            var (step, noiseScale) = new LaplaceMechanism(AddOrRemoveOne, bound, scale).Grid(dimensions);

            var needed = Scaled(scale) * (Scaled(bound) + 2 * dimensions * Scaled(step));
            var given = Scaled(1) * noiseScale * Scaled(step);
            Assert.True(given >= needed);
            Assert.True(given - needed < Scaled(1) * Scaled(step) * 3);
        }

        static BigInteger Scaled(double value) => (BigInteger)Math.ScaleB(value, 200);
    }

    /// <summary>
    /// What the mechanism's choice of scale rests on: discrete Laplace noise of scale t against a shift of k steps gives nobody a better test than the
    /// continuous one against k + 1, for which δ(ε) = 1 − e^((ε − (k + 1)/t)/2). Against k alone it would, though by little.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(10, 4)]
    [InlineData(10, 25)]
    [InlineData(40, 7)]
    public void The_discrete_noise_is_dominated_by_the_continuous(int scale, int shift)
    {
        var ratio = Math.Exp(-1.0 / scale);
        double Mass(int x) => (1 - ratio) / (1 + ratio) * Math.Pow(ratio, Math.Abs(x));
        double Discrete(double epsilon) => Enumerable.Range(-50 * scale, 100 * scale + shift).Sum(x => Math.Max(0, Mass(x - shift) - Math.Exp(epsilon) * Mass(x)));
        double Continuous(double epsilon, double steps) => Math.Max(0, -Math.Exp((epsilon - steps / scale) / 2) + 1);

        var grid = Enumerable.Range(0, 400).Select(i => i * (shift + 1.5) / scale / 400).ToArray();
        Assert.All(grid, e => Assert.True(Discrete(e) <= Continuous(e, shift + 1) + 1e-12));
        Assert.Contains(grid, e => Discrete(e) > Continuous(e, shift) + 1e-6);
    }

    /// <summary>A record that moves several coordinates by shares of C is no better known than one that moves a single coordinate by C.</summary>
    [Theory]
    [InlineData(2, 0.5, 0.5)]
    [InlineData(1, 0.9, 0.1)]
    [InlineData(0.5, 0.3, 0.7)]
    public void One_coordinate_is_the_worst_case(double scale, double share, double rest)
    {
        var accountant = new PldAccountant(AddOrRemoveOne);
        foreach (var epsilon in (double[])[0, 0.5, 0.95])
        {
            double DeltaOf(PrivacyEvent e) => accountant.DeltaAt(e, new Epsilon(epsilon / scale)).Lower.Value;
            Assert.True(DeltaOf(new LaplaceEvent(scale / share).Then(new LaplaceEvent(scale / rest))) < DeltaOf(new LaplaceEvent(scale)));
        }
    }

    [Theory]
    [InlineData(AddOrRemoveOne, 1)]
    [InlineData(ReplaceSpecial, 1)]
    [InlineData(ReplaceOne, 2)]
    public void Calibration_meets_the_target_from_below(NeighbouringRelation relation, int distance)
    {
        foreach (var epsilon in (double[])[0.001, 0.3, 1, 7])
        {
            var mechanism = LaplaceMechanism.Calibrate(relation, 10, new Epsilon(epsilon));
            Assert.Equal(distance / epsilon, mechanism.Scale, 1e-12 / epsilon);
            Assert.InRange(mechanism.EpsilonAt(Delta.Zero).Upper.Value, epsilon * (1 - 1e-12), epsilon);
            Assert.Equal(new LaplaceEvent(mechanism.Scale), mechanism.Event);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => LaplaceMechanism.Calibrate(relation, 10, new Epsilon(0)));
    }

    [Fact]
    public void No_record_adds_more_than_the_bound()
    {
        var mechanism = new LaplaceMechanism(AddOrRemoveOne, 7, 1);
        var sum = new double[2];
        mechanism.Accumulate([30, -40], sum);

        Assert.InRange(Math.Abs(sum[0]) + Math.Abs(sum[1]), 7 * (1 - 1e-5), 7);
        mechanism.Accumulate([double.NaN, 0], sum);
        Assert.InRange(Math.Abs(sum[0]) + Math.Abs(sum[1]), 7 * (1 - 1e-5), 7);
    }

    /// <summary>Beyond 2¹²⁰ steps values are cut off, not wrapped around.</summary>
    [Fact]
    public void Huge_sums_stay_huge()
    {
        double[] sum = [1e250, -1e250, 1e20];
        new LaplaceMechanism(AddOrRemoveOne, 1, 1).Release(sum);

        Assert.Equal(Math.ScaleB(1, 80), sum[0]);
        Assert.Equal(-Math.ScaleB(1, 80), sum[1]);
        Assert.Equal(1e20, sum[2]);
    }
}
