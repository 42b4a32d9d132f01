using Understudy.Privacy.Accounting;
using Understudy.Privacy.Calibration;
using Understudy.Privacy.Events;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Calibration;

public sealed class CalibratorTests
{
    private static readonly PldAccountant Accountant = new(AddOrRemoveOne);

    /// <summary>One Gaussian: 1/μ of the closed form. σ = 1/3 at δ = .78760074 is printed in dp_accounting's tests.</summary>
    [Theory]
    [InlineData(1, 0.78760074, 1.0 / 3)]
    [InlineData(4.3771780956812245, 1e-5, 1)]
    [InlineData(0.01, 1e-9, double.NaN)]
    public void Noise_for_one_gaussian_is_the_closed_form(double epsilon, double delta, double expected)
    {
        if (double.IsNaN(expected)) expected = 1 / AnalyticGaussian.MuFor(new Epsilon(epsilon), new Delta(delta));

        var noise = new Calibrator(Accountant, new Epsilon(epsilon), new Delta(delta)).SmallestNoiseMultiplier(s => new GaussianEvent(s));

        Assert.InRange(noise.Value / expected, 1 - 1e-7, 1 + 2e-6);
        Assert.True(Accountant.EpsilonAt(new GaussianEvent(noise), new Delta(delta)).Upper.Value <= epsilon);
    }

    /// <summary>dp_accounting 0.6.0 with its PLD accountant, tolerance 1e-5.</summary>
    [Fact]
    public void Noise_for_sampled_gaussians()
    {
        var noise = new Calibrator(Accountant, new Epsilon(1), new Delta(1e-5))
            .SmallestNoiseMultiplier(s => new GaussianEvent(s).Sampled(new SamplingRate(0.01)).Times(1000));

        Assert.Equal(1.4146315853270037, noise.Value, 3e-5);
    }

    [Fact]
    public void Steps_are_the_most_that_fit()
    {
        PrivacyEvent Plan(long steps) => new GaussianEvent(30).Times(steps);
        var steps = new Calibrator(Accountant, new Epsilon(1), new Delta(1e-6)).LargestSteps(Plan);

        Assert.True(Accountant.EpsilonAt(Plan(steps), new Delta(1e-6)).Upper.Value <= 1);
        Assert.True(Accountant.EpsilonAt(Plan(steps + 1), new Delta(1e-6)).Upper.Value > 1);
        Assert.Equal(0, new Calibrator(Accountant, new Epsilon(1), new Delta(1e-6)).LargestSteps(t => new GaussianEvent(1).Times(t)));
    }

    [Fact]
    public void Rate_is_the_highest_that_fits()
    {
        PrivacyEvent Plan(SamplingRate rate) => new GaussianEvent(2).Sampled(rate).Times(200);
        var rate = new Calibrator(Accountant, new Epsilon(1), new Delta(1e-6)).LargestSamplingRate(Plan);

        Assert.True(Accountant.EpsilonAt(Plan(rate), new Delta(1e-6)).Upper.Value <= 1);
        Assert.True(Accountant.EpsilonAt(Plan(new SamplingRate(rate.Value * (1 + 1e-4))), new Delta(1e-6)).Upper.Value > 1);
        Assert.Equal(SamplingRate.All, new Calibrator(Accountant, new Epsilon(50), new Delta(1e-2)).LargestSamplingRate(Plan));
    }

    [Fact]
    public void What_cannot_be_met_is_said()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Calibrator(Accountant, default, new Delta(1e-5)));
        Assert.Throws<InvalidOperationException>(() => new Calibrator(Accountant, new Epsilon(1), Delta.Zero).SmallestNoiseMultiplier(s => new GaussianEvent(s)));
    }
}
