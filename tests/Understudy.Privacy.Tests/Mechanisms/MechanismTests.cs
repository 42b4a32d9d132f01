using Understudy.Privacy.Events;
using Understudy.Privacy.Mechanisms;
using Understudy.Privacy.Noise;
using Understudy.Privacy.Tests.Noise;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Mechanisms;

/// <summary>What all mechanisms have in common.</summary>
public sealed class MechanismTests
{
    public static TheoryData<string> Names => ["gaussian", "gaussian of floats", "laplace", "discrete gaussian", "exponential", "permute and flip", "randomized response"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mechanism_releases_once(string name)
    {
        var (mechanism, release) = Make(name, null);
        Assert.True(mechanism.IsPrivate);
        Assert.False(mechanism.IsSpent);

        release();

        Assert.True(mechanism.IsSpent);
        Assert.Throws<InvalidOperationException>(release);
    }

    /// <summary>Two threads that wait for each other in a loop, so that they come to the release within nanoseconds of each other.</summary>
    [Fact]
    public void Of_two_threads_one_releases()
    {
        const int trials = 1000;
        var mechanisms = Enumerable.Range(0, trials).Select(_ => new LaplaceMechanism(AddOrRemoveOne, 1, 1)).ToArray();
        int arrived = 0, successes = 0;
        void Run()
        {
            for (var trial = 0; trial < trials; trial++)
            {
                Interlocked.Increment(ref arrived);
                while (Volatile.Read(ref arrived) < 2 * (trial + 1)) Thread.SpinWait(1);
                try
                {
                    mechanisms[trial].Release(default(Span<double>));
                    Interlocked.Increment(ref successes);
                }
                catch (InvalidOperationException)
                {
                    // the other thread was first
                }
            }
        }
        var other = new Thread(Run);
        other.Start();
        Run();
        other.Join();

        Assert.Equal(trials, successes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Noise_from_a_seed_is_stamped(string name)
    {
        var (mechanism, release) = Make(name, new SeededNoiseSource(1));
        release();

        Assert.False(mechanism.IsPrivate);
    }

    /// <summary>The event is the same before and after the release.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_event_holds_the_release_from_the_start(string name)
    {
        var (mechanism, release) = Make(name, null);
        var before = mechanism.Event;
        release();

        Assert.Equal(before, mechanism.Event);
        Assert.IsNotType<NoOpEvent>(before);
        Assert.True(mechanism.EpsilonAt(new Delta(1e-6)).Upper.Value is > 0 and < 100);
    }

    [Fact]
    public void Input_that_cannot_be_is_refused_before_anything_is_spent()
    {
        var gaussian = new GaussianMechanism(ReplaceOne, 1, new NoiseMultiplier(1));
        var laplace = new LaplaceMechanism(ReplaceOne, 1, 1);
        var selection = ReportNoisyMax.Exponential(ReplaceOne, 1, new Epsilon(1));
        var response = new RandomizedResponse(ReplaceOne, 3, 0.5);
        double[] sum = [1, double.NaN];
        float[] single = [1, float.PositiveInfinity];

        Assert.Throws<ArgumentException>(() => gaussian.Release(sum));
        Assert.Throws<ArgumentException>(() => gaussian.Release(single));
        Assert.Throws<ArgumentException>(() => laplace.Release(sum));
        Assert.Throws<ArgumentException>(() => selection.Release(sum));
        Assert.Throws<ArgumentException>(() => selection.Release([]));
        Assert.Throws<ArgumentException>(() => response.Release([0, 3]));
        Assert.Throws<ArgumentException>(() => new DiscreteGaussianMechanism(ReplaceOne, 2, 1, new NoiseMultiplier(1)).Release(new long[3]));

        Assert.Equal(1, sum[0]);
        Assert.Equal(1, single[0]);
        Assert.False(gaussian.IsSpent || laplace.IsSpent || selection.IsSpent || response.IsSpent);
    }

    [Fact]
    public void Mechanisms_without_bound_or_noise_are_refused()
    {
        var one = new NoiseMultiplier(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMechanism(ReplaceOne, 0, one));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMechanism(ReplaceOne, double.PositiveInfinity, one));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMechanism(ReplaceOne, 1, new NoiseMultiplier(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMechanism(ReplaceOne, 1e300, new NoiseMultiplier(1e300)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMechanism((NeighbouringRelation)7, 1, one));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LaplaceMechanism(ReplaceOne, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LaplaceMechanism(ReplaceOne, 1e-150, 1e-150));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianMechanism(ReplaceOne, 100, 1, one, resolution: 5)); // √100/2
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianMechanism(ReplaceOne, 1, 1, new NoiseMultiplier(1e9)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianMechanism(ReplaceOne, 1, 1, new NoiseMultiplier(1e-9)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReportNoisyMax.Exponential(ReplaceOne, 1, new Epsilon(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReportNoisyMax.Exponential(ReplaceOne, -1, new Epsilon(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReportNoisyMax.Exponential(ReplaceOne, 1e-305, new Epsilon(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomizedResponse(ReplaceOne, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomizedResponse(ReplaceOne, 1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomizedResponse(AddOrRemoveOne, 2, 0.5));
    }

    private static (Mechanism Mechanism, Action Release) Make(string name, NoiseSource? source)
    {
        switch (name)
        {
            case "gaussian":
                var gaussian = new GaussianMechanism(AddOrRemoveOne, 1, new NoiseMultiplier(1), source);
                return (gaussian, () => gaussian.Release(new double[3]));
            case "gaussian of floats":
                var single = new GaussianMechanism(AddOrRemoveOne, 1, new NoiseMultiplier(1), source);
                return (single, () => single.Release(new float[3]));
            case "laplace":
                var laplace = new LaplaceMechanism(AddOrRemoveOne, 1, 1, source);
                return (laplace, () => laplace.Release(new double[3]));
            case "discrete gaussian":
                var discrete = new DiscreteGaussianMechanism(AddOrRemoveOne, 3, 1, new NoiseMultiplier(1), null, source);
                return (discrete, () => discrete.Release(new long[3]));
            case "exponential":
                var exponential = ReportNoisyMax.Exponential(AddOrRemoveOne, 1, new Epsilon(1), source);
                return (exponential, () => exponential.Release([1, 2, 3]));
            case "permute and flip":
                var flip = ReportNoisyMax.PermuteAndFlip(AddOrRemoveOne, 1, new Epsilon(1), source);
                return (flip, () => flip.Release([1, 2, 3]));
            default:
                var response = new RandomizedResponse(ReplaceSpecial, 3, 0.5, source);
                return (response, () => response.Release([0, 1, 2]));
        }
    }
}
