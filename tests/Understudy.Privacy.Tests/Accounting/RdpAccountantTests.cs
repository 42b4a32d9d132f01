using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Accounting;

public sealed class RdpAccountantTests
{
    private static readonly RdpAccountant AddRemove = new(AddOrRemoveOne);

    /// <summary>30-digit quadrature for fractional orders; published (dp_accounting) to 1e-4 for 50 steps.</summary>
    [Theory]
    [InlineData(0.01, 1, 1, 1.5, 0.0001272537433274498, 1e-10)]
    [InlineData(0.2, 3, 1, 1.25, 0.002890014095916105, 1e-10)]
    [InlineData(0.001, 0.8, 1, 32, 17.86941390556683, 1e-10)]
    [InlineData(0.04, 1.5, 1, 3.9, 0.001833202199583859, 1e-10)]
    [InlineData(0.01, 2.5, 50, 1.5, 6.70579741e-4, 6e-2)]
    [InlineData(0.01, 2.5, 50, 50, 2.38460375e-2, 1e-4)]
    [InlineData(0.01, 2.5, 50, 100, 1.67416308e2, 1e-4)]
    public void Sampled_gaussian(double rate, double sigma, long steps, double order, double expected, double tolerance)
    {
        var run = new GaussianEvent(sigma).Sampled(new SamplingRate(rate)).Times(steps);

        Assert.Equal(1, AddRemove.DivergenceAt(run, order) / expected, tolerance);
    }

    /// <summary>At integer orders the moment is a finite sum: A = Σ C(α, k)(1 − q)^(α − k)·q^k·e^(k(k − 1)/(2σ²)).</summary>
    [Theory]
    [InlineData(1e-6, 0.7, 5)]
    [InlineData(0.3, 0.05, 3)]
    [InlineData(0.9, 8, 40)]
    [InlineData(0.02, 1, 200)]
    public void Sampled_gaussian_at_whole_orders_is_the_binomial_sum(double rate, double sigma, int order)
    {
        double excess = 0, logBinomial = 0, largest = 0;
        var exponents = new List<double>();
        for (var k = 0; k <= order; k++)
        {
            if (k > 0) logBinomial += Math.Log((order - k + 1.0) / k);
            var growth = k * (k - 1) / (2 * sigma * sigma);
            var logWeight = logBinomial + (order - k) * Math.Log(1 - rate) + k * Math.Log(rate);
            exponents.Add(logWeight + growth);
            largest = Math.Max(largest, exponents[^1]);
            excess += Math.Exp(Math.Min(logWeight, 0)) * (growth < 1e-5 ? growth : Math.Exp(Math.Min(growth, 600)) - 1);
        }
        var logMoment = excess < 1 ? Math.Log(1 + excess) - (Math.Log(1 + excess) < 1e-4 ? Math.Log(1 + excess) - excess + excess * excess / 2 : 0)
            : largest + Math.Log(exponents.Sum(e => Math.Exp(e - largest)));

        var divergence = AddRemove.DivergenceAt(new GaussianEvent(sigma).Sampled(new SamplingRate(rate)), order);

        Assert.Equal(1, divergence * (order - 1) / logMoment, 1e-9);
    }

    /// <summary>Printed in the test suite of dp_accounting (rdp_privacy_accountant_test.py).</summary>
    [Fact]
    public void Published_divergences()
    {
        Assert.Equal(0.123301561, AddRemove.DivergenceAt(new ExponentialMechanismEvent(new Epsilon(1)), 1 + 1e-9), 1e-7);
        Assert.Equal(1.0, AddRemove.DivergenceAt(new ExponentialMechanismEvent(new Epsilon(1)), 1000), 1e-12);
        var response = new RandomizedResponseEvent(0.1, 10);
        Assert.Equal(2.302585092994046, new RdpAccountant(ReplaceSpecial).DivergenceAt(response, double.PositiveInfinity), 1e-9);
        Assert.Equal(4.51085950651685, new RdpAccountant(ReplaceOne).DivergenceAt(response, double.PositiveInfinity), 1e-9);
    }

    /// <summary>Printed in the test suite of dp_accounting.</summary>
    [Fact]
    public void Published_epsilons()
    {
        Assert.Equal(1.0, AddRemove.EpsilonAt(new GaussianEvent(4.530877117), new Delta(1e-6)).Upper.Value, 1e-6);
        var tree = new RdpAccountant(ReplaceSpecial);
        Assert.InRange(tree.EpsilonAt(new TreeAggregationEvent(new NoiseMultiplier(1.13), 1600), new Delta(1e-6)).Upper.Value, 15, 19.74);
        Assert.InRange(tree.EpsilonAt(new TreeAggregationEvent(new NoiseMultiplier(8.83), 1600), new Delta(1e-6)).Upper.Value, 1.5, 2.04);
        var weak = new EpsilonDeltaEvent(new Epsilon(1), new Delta(0.001)).Times(30);
        Assert.InRange(AddRemove.EpsilonAt(weak, new Delta(0.06)).Upper.Value, 22, 24); // 22 is the optimum
        Assert.Equal(Epsilon.Infinite, AddRemove.EpsilonAt(weak, new Delta(0.02)).Upper);
        Assert.Equal(14.12, AddRemove.EpsilonAt(new ExponentialMechanismEvent(new Epsilon(0.5)).Times(100), new Delta(1e-5)).Upper.Value, 0.01);
    }

    /// <summary>Configurations published for private GANs on 60,000 images (Bie, Kamath, Zhang, TMLR 2023), q = 1/⌈N/B⌉, at the orders of their library.</summary>
    [Theory]
    [InlineData(128, 1, 450_000, 9.963)]
    [InlineData(512, 2, 174_000, 9.995)]
    [InlineData(128, 5, 325_000, 0.9935)]
    [InlineData(512, 14, 165_000, 0.9960)]
    public void Published_configurations_of_private_gans(int batch, double sigma, long steps, double expected)
    {
        double[] orders = [.. Enumerable.Range(11, 99).Select(i => i / 10.0), .. Enumerable.Range(12, 52).Select(i => (double)i)];
        var plan = new GaussianEvent(sigma).Sampled(new SamplingRate(1 / Math.Ceiling(60_000.0 / batch))).Times(steps);

        Assert.Equal(expected, new RdpAccountant(AddOrRemoveOne, orders).EpsilonAt(plan, new Delta(1e-5)).Upper.Value, 1e-3);
    }

    /// <summary>R = α·ρ, so the conversion of a zCDP curve by orders must meet that by ρ.</summary>
    [Fact]
    public void Zcdp_converts_the_same_either_way()
    {
        var byOrders = AddRemove.EpsilonAt(new ZCdpEvent(0.1), new Delta(1e-6)).Upper.Value;

        Assert.Equal(ZeroConcentrated.EpsilonAt(0.1, new Delta(1e-6)).Value, byOrders, 1e-6);
    }

    /// <summary>Nothing is gained by running once or more and keeping one; the price falls between one run's and all runs'.</summary>
    [Fact]
    public void Repeating_and_selecting_costs_more_than_one_run_and_less_than_all()
    {
        var run = new GaussianEvent(5);
        double Of(PrivacyEvent e) => AddRemove.EpsilonAt(e, new Delta(1e-6)).Upper.Value;
        foreach (var eta in (double[])[-0.5, 0, 1])
            Assert.InRange(Of(new RepeatAndSelectEvent(run, 100, eta)), Of(run), Of(run.Times(100)));
    }

    /// <summary>The bound of a full batch is the unsampled Gaussian's at twice the distance; a smaller batch costs less.</summary>
    [Fact]
    public void Fixed_batches()
    {
        var accountant = new RdpAccountant(ReplaceOne);
        double Of(long batch) => accountant.EpsilonAt(new FixedBatchGaussianEvent(1000, batch, new NoiseMultiplier(4)).Times(10), new Delta(1e-5)).Upper.Value;

        Assert.Equal(accountant.EpsilonAt(new GaussianEvent(4).Times(10), new Delta(1e-5)).Upper.Value, Of(1000), 1e-9);
        Assert.True(Of(10) < Of(100) && Of(100) < Of(1000));
    }

    /// <summary>Both directions of a sampled Laplace by brute-force quadrature of its output density.</summary>
    [Theory]
    [InlineData(0.2, 0.5, 3.5)]
    [InlineData(0.01, 1, 20)]
    public void Sampled_laplace_agrees_with_quadrature(double rate, double scale, double order)
    {
        double Density(double x, double mean) => Math.Exp(-Math.Abs(x - mean) / scale) / (2 * scale);
        double removal = 0, addition = 0;
        const double step = 1e-4;
        for (var x = -40 * scale + step / 2; x < 40 * scale + 1; x += step)
        {
            double without = Density(x, 0), with = (1 - rate) * without + rate * Density(x, 1);
            removal += step * with * Math.Pow(with / without, order - 1);
            addition += step * without * Math.Pow(without / with, order - 1);
        }

        var divergence = AddRemove.DivergenceAt(new LaplaceEvent(scale).Sampled(new SamplingRate(rate)), order);

        Assert.Equal(1, divergence * (order - 1) / Math.Log(Math.Max(removal, addition)), 1e-5);
    }

    [Fact]
    public void Orders_must_be_above_one()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RdpAccountant(AddOrRemoveOne, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RdpAccountant(AddOrRemoveOne, [2, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AddRemove.DivergenceAt(new GaussianEvent(1), 1));
    }

    /// <summary>Nothing is known of what an overfull batch reveals: a generous maximum costs nothing, a tight one everything.</summary>
    [Theory]
    [InlineData(200, true)]
    [InlineData(128, false)]
    public void A_truncated_batch_costs_what_a_poisson_batch_does_unless_it_overflows(long maximum, bool isGenerous)
    {
        var truncated = new TruncatedPoissonGaussianEvent(10_000, new SamplingRate(0.01), maximum, new NoiseMultiplier(1)).Times(1000);
        var plain = new GaussianEvent(1).Sampled(new SamplingRate(0.01)).Times(1000);
        var accountant = new RdpAccountant(NeighbouringRelation.ReplaceSpecial);

        var epsilon = accountant.EpsilonAt(truncated, new Delta(1e-5)).Upper.Value;
        var expected = isGenerous ? accountant.EpsilonAt(plain, new Delta(1e-5)).Upper.Value : double.PositiveInfinity;

        Assert.Equal(expected, epsilon, 1e-9);
        Assert.InRange(epsilon, new PldAccountant(NeighbouringRelation.ReplaceSpecial).EpsilonAt(truncated, new Delta(1e-5)).Lower.Value, double.PositiveInfinity);
    }
}
