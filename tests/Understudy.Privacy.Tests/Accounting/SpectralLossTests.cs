using System.Numerics;
using Understudy.Privacy.Accounting.Pld;

namespace Understudy.Privacy.Tests.Accounting;

/// <summary>Compositions by their few Fourier coefficients against those by whole transforms.</summary>
public sealed class SpectralLossTests
{
    [Theory]
    [InlineData(0.001, 1, 100_000, 1e-4, 2.7)]
    [InlineData(0.01, 1, 10_000, 1e-3, 4)]
    [InlineData(0.01, 4, 1_000_000, 1e-4, 3)]
    public void Agree_with_whole_transforms_within_the_slack_of_both(double rate, double sigma, long runs, double step, double tilt)
    {
        foreach (var pair in (LossPair[])[new PoissonSampledPair(rate, new GaussianPair(1 / sigma)), new PoissonSampledPair(rate, new GaussianPair(1 / sigma)).Reverse()])
        {
            var lattice = LossDiscretization.Upper(pair, step, 1e-18, new LossDiscretization.Thinning(tilt, 2e-5));
            var other = LossDiscretization.Upper(new GaussianPair(0.1), step, 1e-18, new LossDiscretization.Thinning(tilt, 2e-5));
            (LossLattice, long)[] parts = [(lattice, runs), (other, 3)];
            var work = new ComposedLoss.Workspace();
            var few = Assert.IsType<SpectralLoss>(ComposedLoss.Run(parts, step, tilt, work));
            var whole = ComposedLoss.RunWindowed(parts, step, tilt, work);
            foreach (var delta in (double[])[1e-2, 1e-4, 1e-6, 1e-9])
            {
                if (whole.EpsilonAt(delta, +1) is not { } expected || expected == 0) continue;
                var found = Assert.NotNull(few.EpsilonAt(delta, +1));
                double low = few.EpsilonAt(delta, -1) ?? 0, expectedLow = whole.EpsilonAt(delta, -1) ?? 0;
                Assert.True(low <= found && low <= expected && expectedLow <= found, $"[{low}, {found}] against [{expectedLow}, {expected}]");
                if (expected - expectedLow < 1e-7) Assert.Equal(expected, found, 1e-5 * expected);
                foreach (var epsilon in (double[])[expected, expected + step / 3, 0.9 * expected])
                {
                    Assert.True(few.DeltaAt(epsilon, -1) <= whole.DeltaAt(epsilon, +1) && whole.DeltaAt(epsilon, -1) <= few.DeltaAt(epsilon, +1));
                    if (expected - expectedLow < 1e-7) Assert.InRange(few.DeltaAt(epsilon, +1) / whole.DeltaAt(epsilon, +1), 0.999, 1.001);
                }
            }
        }
    }

    /// <summary>Random lattices, among them such that a multiple of their spacing makes the spectrum rise again.</summary>
    [Fact]
    public void Coefficients_left_out_are_negligible()
    {
        var random = new Random(5);
        var reduced = 0;
        for (var trial = 0; trial < 400; trial++)
        {
            var period = random.Next(64, 600);
            var spacing = random.Next(3) == 0 ? random.Next(2, 5) : 1;
            var index = Enumerable.Range(0, random.Next(2, 12)).Select(_ => spacing * random.Next(-20, 20)).Distinct().Order().ToArray();
            var mass = index.Select(_ => Math.Pow(random.NextDouble(), random.Next(1, 8))).ToArray();
            var total = mass.Sum();
            var part = new TiltedLattice(index, [.. mass.Select(m => m / total)], 1L << random.Next(0, 24));
            var count = LowSpectrum.CountFor([part], period);
            if (count > period / 2.0) continue;
            reduced++;
            var left = 0.0;
            for (var k = (int)count; k <= period / 2; k++)
                left = Math.Max(left, Math.Pow(index.Zip(part.Mass, (l, m) => m * Complex.FromPolarCoordinates(1, 2 * Math.PI * k * l / period)).Aggregate(Complex.Zero, (a, b) => a + b).Magnitude, part.Count));
            Assert.True(left * period <= LowSpectrum.Rest, $"trial {trial}: {left}");
        }
        Assert.InRange(reduced, 20, 400);
    }

    /// <summary>A sum so seldom different from zero that no frequency can be left out, and an even number of points, whose highest frequency counts once.</summary>
    [Fact]
    public void A_flat_spectrum_is_not_cut()
    {
        var part = new TiltedLattice([0, 1, 9], [1 - 1e-11, 5e-12, 5e-12], 100_000);
        Assert.Equal(double.PositiveInfinity, LowSpectrum.CountFor([part], 18));
        var spaced = new TiltedLattice([0, 2, 4], [0.3, 0.4, 0.3], 1_000_000);
        Assert.Equal(double.PositiveInfinity, LowSpectrum.CountFor([spaced], 5000));
    }
}
