using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Ledger;

public sealed class RenyiFilterTests
{
    private const double Delta = 1e-5;

    [Theory]
    [InlineData(null)]
    [InlineData(7.5)]
    public void ThePartsOfDeltaAreAWhole(double? preferred)
    {
        Assert.InRange(RenyiFilter.Shares(preferred).Sum(s => s.Share) + 0.1, 1 - 1e-12, 1 + 1e-12);
        Assert.All(RenyiFilter.Shares(preferred), s => Assert.True(s is { Order: > 1, Share: > 0 }));
    }

    /// <summary>By the definition of each order's part of δ, through the Rényi accountant's δ at that order alone.</summary>
    [Theory]
    [InlineData(0.01, 1, 1000, null)]
    [InlineData(0.01, 1, 1000, 7.5)]
    [InlineData(0.02, 2, 5000, 12.0)]
    [InlineData(1, 20, 50, null)]
    public void ItIsTheSmallestEpsilonAtWhichSomeOrderIsWithinItsPart(double rate, double sigma, long steps, double? preferred)
    {
        var step = new GaussianEvent(sigma).Sampled(new SamplingRate(rate));
        double Excess(double epsilon) => RenyiFilter.Shares(preferred).Min(s =>
            new RdpAccountant(AddOrRemoveOne, [s.Order]).DeltaAt(step.Times(steps), new Epsilon(epsilon)).Upper.Value / (s.Share * Delta));

        var epsilon = new RenyiFilter(AddOrRemoveOne).EpsilonOf([new Charge(step, steps)], Delta, preferred);

        Assert.InRange(Excess(epsilon), 1 - 1e-6, 1 + 1e-6);
        Assert.True(Excess(0.999 * epsilon) > 1);
        Assert.True(epsilon > new RdpAccountant(AddOrRemoveOne).EpsilonAt(step.Times(steps), new Delta(Delta)).Upper.Value);
    }

    /// <summary>
    /// The strongest adaptive chooser there is: knows the loss so far and takes one of two mechanisms, or stops, so as to make δ at the cap as large as
    /// the filter lets it. Solved exactly by dynamic programming over the numbers of runs and of bad outcomes.
    /// </summary>
    [Theory]
    [InlineData(1.0, 0.4, 0.06, 0.05, null)]
    [InlineData(1.0, 0.4, 0.06, 0.05, 6.0)]
    [InlineData(2.0, 0.6, 0.1, 0.01, null)]
    [InlineData(0.6, 0.25, 0.05, 0.2, 4.0)]
    public void NoAdaptiveChoiceGetsPastTheCap(double cap, double large, double small, double delta, double? preferred)
    {
        var filter = new RenyiFilter(AddOrRemoveOne);
        PrivacyEvent a = new EpsilonDeltaEvent(new Epsilon(large), default), b = new EpsilonDeltaEvent(new Epsilon(small), default);
        double pa = 1 / (1 + Math.Exp(-large)), pb = 1 / (1 + Math.Exp(-small));
        bool Passes(int m, int n) => filter.EpsilonOf([new Charge(a, m), new Charge(b, n)], delta, preferred) <= cap;
        int Most(Func<int, bool> passes) => Enumerable.Range(0, 2000).TakeWhile(passes).Last();
        int largest = Most(m => Passes(m, 0)), smallest = Most(n => Passes(0, n));

        // value[m][n][i, j]: the worst δ after m and n runs, i and j of which had the outcome of positive loss.
        var value = new double[largest + 2][][,];
        for (var m = largest; m >= 0; m--)
        {
            value[m] = new double[smallest + 2][,];
            for (var n = smallest; n >= 0; n--)
            {
                if (!Passes(m, n)) continue;
                var here = value[m][n] = new double[m + 1, n + 1];
                var (afterA, afterB) = (value[m + 1]?[n], value[m][n + 1]);
                for (var i = 0; i <= m; i++)
                {
                    for (var j = 0; j <= n; j++)
                    {
                        var loss = (2 * i - m) * large + (2 * j - n) * small;
                        var stop = Math.Max(0, 1 - Math.Exp(cap - loss));
                        var goOnA = afterA is null ? 0 : pa * afterA[i + 1, j] + (1 - pa) * afterA[i, j];
                        var goOnB = afterB is null ? 0 : pb * afterB[i, j + 1] + (1 - pb) * afterB[i, j];
                        here[i, j] = Math.Max(stop, Math.Max(goOnA, goOnB));
                    }
                }
            }
        }

        Assert.True(largest >= 2 && smallest >= 20, $"the cap lets only {largest} and {smallest} runs pass");
        Assert.InRange(value[0][0][0, 0], delta / 1000, delta);
    }

    [Fact]
    public void PureLossesAreBoundedWithoutDelta()
    {
        var filter = new RenyiFilter(AddOrRemoveOne);
        Assert.Equal(0.3, filter.EpsilonOf([new Charge(new LaplaceEvent(10), 3)], 0, null), 1e-12);
        Assert.Equal(double.PositiveInfinity, filter.EpsilonOf([new Charge(new GaussianEvent(10), 1)], 0, null));
        Assert.Equal(0, filter.EpsilonOf([], Delta, null));
    }

    [Fact]
    public void FailureMassesHaveATenthOfDelta()
    {
        var filter = new RenyiFilter(AddOrRemoveOne);
        var e = new EpsilonDeltaEvent(new Epsilon(0.1), new Delta(1e-7));
        Assert.InRange(filter.EpsilonOf([new Charge(e, 10)], Delta, null), 0.1, 1.0001);
        Assert.Equal(double.PositiveInfinity, filter.EpsilonOf([new Charge(e, 11)], Delta, null));
    }

    [Fact]
    public void WhatHasNoRenyiDivergenceHasNoBound()
    {
        var mixture = new MixtureOfGaussiansEvent(3, [0, 1], [0.5, 0.5]);
        Assert.Equal(double.PositiveInfinity, new RenyiFilter(AddOrRemoveOne).EpsilonOf([new Charge(mixture, 1)], Delta, null));
        Assert.Null(new RenyiFilter(AddOrRemoveOne).PreferredOrder([new Charge(mixture, 1)], Delta, 1));
    }

    /// <summary>The preferred order is worth its half of δ: with it, a cap lets more steps pass.</summary>
    [Fact]
    public void ThePreferredOrderLetsMoreStepsPass()
    {
        var step = new GaussianEvent(1).Sampled(new SamplingRate(0.01));
        var filter = new RenyiFilter(AddOrRemoveOne);
        var order = filter.PreferredOrder([new Charge(step, 100)], Delta, 3);

        Assert.InRange(order!.Value, 2, 20);
        Assert.True(Steps(order) > 1.1 * Steps(null));

        long Steps(double? preferred)
        {
            var steps = 0L;
            while (filter.EpsilonOf([new Charge(step, steps + 10)], Delta, preferred) <= 3) steps += 10;
            return steps;
        }
    }
}
