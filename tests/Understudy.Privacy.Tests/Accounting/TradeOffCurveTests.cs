using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Accounting;

public sealed class TradeOffCurveTests
{
    private static readonly double[] Rates = [0, 1e-6, 1e-3, 0.1, 0.5, 0.9, 1];

    [Fact]
    public void Gaussians_have_the_closed_form()
    {
        var curve = new TradeOffCurve(new GaussianEvent(Math.Sqrt(3)).Times(3), AddOrRemoveOne);

        Assert.Equal(0.389143691645361, curve.TruePositiveRate(0.1).Upper, 1e-9); // printed in dp_accounting's tests as .38914
        foreach (var rate in Rates) Assert.Equal(AnalyticGaussian.TruePositiveRate(1, rate), curve.TruePositiveRate(rate).Upper, 1e-9);
    }

    /// <summary>.8286 is printed in dp_accounting's tests for (1, 0) and (2, 0); failure masses only add to it.</summary>
    [Fact]
    public void Known_mechanisms_compose()
    {
        static double At(double firstDelta, double secondDelta) => new TradeOffCurve(
            new EpsilonDeltaEvent(new Epsilon(1), new Delta(firstDelta)).Then(new EpsilonDeltaEvent(new Epsilon(2), new Delta(secondDelta))), AddOrRemoveOne)
            .TruePositiveRate(0.1).Upper;

        Assert.Equal(0.8286, At(0, 0), 1e-4);
        Assert.Equal(0.9194, At(0.1, 0.2), 1e-4); // .28 + the two upper atoms + what is left of the third, by hand
    }

    /// <summary>A heterogeneous composition takes the lattice's way to a curve that the closed form also knows.</summary>
    [Fact]
    public void The_lattice_brackets_the_closed_form()
    {
        // A Gaussian and a nearly silent Laplace: the curve is the Gaussian's, moved by at most 1e-6/2 in total variation.
        var curve = new TradeOffCurve(new GaussianEvent(2).Then(new LaplaceEvent(1e6)), AddOrRemoveOne);

        foreach (var rate in Rates)
        {
            var (lower, upper) = curve.TruePositiveRate(rate);
            Assert.InRange(AnalyticGaussian.TruePositiveRate(0.5, rate), lower - 1e-6, upper + 1e-12);
            Assert.InRange(upper - lower, 0, 1e-4);
        }
    }

    /// <summary>No point of the curve beats the line that δ at any ε allows.</summary>
    [Fact]
    public void The_curve_touches_the_lines_of_the_privacy_profile()
    {
        var run = new GaussianEvent(1).Sampled(new SamplingRate(0.05)).Times(100);
        var curve = new TradeOffCurve(run, AddOrRemoveOne);
        var accountant = new PldAccountant(AddOrRemoveOne);
        var lines = Enumerable.Range(0, 12).Select(i => 0.5 * i).Select(e => (Epsilon: e, Delta: accountant.DeltaAt(run, new Epsilon(e)).Upper.Value)).ToArray();

        foreach (var rate in Rates)
            Assert.All(lines, line => Assert.True(curve.TruePositiveRate(rate).Lower <= Math.Exp(line.Epsilon) * rate + line.Delta + 1e-12));
        var tangent = lines.Min(line => Math.Exp(line.Epsilon) * 0.01 + line.Delta);
        Assert.InRange(curve.TruePositiveRate(0.01).Upper, 0.9 * tangent, tangent);
    }

    [Fact]
    public void Edges()
    {
        Assert.Equal((0.3, 0.3), new TradeOffCurve(new NoOpEvent(), AddOrRemoveOne).TruePositiveRate(0.3));
        Assert.Equal((1, 1), new TradeOffCurve(new NonPrivateEvent(), AddOrRemoveOne).TruePositiveRate(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TradeOffCurve(new NoOpEvent(), AddOrRemoveOne).TruePositiveRate(1.1));
        Assert.Throws<UnsupportedEventException>(() => new TradeOffCurve(new ZCdpEvent(1), AddOrRemoveOne));
    }
}
