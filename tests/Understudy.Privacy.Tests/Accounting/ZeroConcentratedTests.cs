using Understudy.Privacy.Accounting;

namespace Understudy.Privacy.Tests.Accounting;

/// <summary>Values by private-pgm's cdp2adp.py.</summary>
public sealed class ZeroConcentratedTests
{
    [Fact]
    public void Conversions_agree_and_undo_each_other()
    {
        Assert.Equal(0.024355970359538372, ZeroConcentrated.RhoFor(new Epsilon(1), new Delta(1e-6)), 1e-11);
        Assert.Equal(5.221534444530169, ZeroConcentrated.EpsilonAt(0.5, new Delta(1e-6)).Value, 1e-9);
        var rho = ZeroConcentrated.RhoFor(new Epsilon(3), new Delta(1e-8));
        Assert.InRange(ZeroConcentrated.EpsilonAt(rho, new Delta(1e-8)).Value, 3 - 1e-9, 3);
        Assert.InRange(ZeroConcentrated.DeltaAt(rho, new Epsilon(3)).Value, 1e-8 * (1 - 1e-6), 1e-8);
    }

    [Fact]
    public void Never_below_the_exact_gaussian()
    {
        foreach (var epsilon in (double[])[0, 0.1, 1, 5])
            Assert.True(ZeroConcentrated.DeltaAt(0.5, new Epsilon(epsilon)).Value >= AnalyticGaussian.DeltaAt(1, new Epsilon(epsilon)).Value);
    }

    [Fact]
    public void Edges()
    {
        Assert.Equal(0, ZeroConcentrated.EpsilonAt(0, Delta.Zero).Value);
        Assert.Equal(Epsilon.Infinite, ZeroConcentrated.EpsilonAt(1, Delta.Zero));
        Assert.Equal(0, ZeroConcentrated.DeltaAt(1, Epsilon.Infinite).Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => ZeroConcentrated.RhoFor(new Epsilon(1), Delta.Zero));
    }
}
