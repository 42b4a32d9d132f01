using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Accounting;

public sealed class PldAccountantTests
{
    /// <summary>Printed in the test suite of dp_accounting (pld_privacy_accountant_test.py), rounded to the digits given there.</summary>
    public static TheoryData<string, NeighbouringRelation, double, double, double> Published => new()
    {
        { "three Gaussians of sigma sqrt 3", AddOrRemoveOne, 0.126936, 1.0, 1e-5 },
        { "three sampled Gaussians, q .2, sigma .5", AddOrRemoveOne, 0.15594, 1.0, 1e-4 },
        { "three Laplace b 1, two Laplace b 2", AddOrRemoveOne, 1e-14, 4.0, 1e-9 },
        { "(1, 0) and (2, 0)", AddOrRemoveOne, 0, 3.0, 1e-12 },
        { "(1, .1) and (2, .2)", AddOrRemoveOne, 0.28, 3.0, 1e-6 },
        { "mixtures of Gaussians", AddOrRemoveOne, 1e-6, 17.193115, 1e-4 },
        { "500 Laplace queries", AddOrRemoveOne, 1e-4, 1.0, 2e-3 },
        { "truncated Poisson", ReplaceSpecial, 1e-6, 17.904330, 1e-4 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_values_hold(string name, NeighbouringRelation relation, double delta, double expected, double tolerance)
    {
        var bracket = new PldAccountant(relation).EpsilonAt(Example(name), new Delta(delta));

        Assert.Equal(expected, bracket.Upper.Value, tolerance);
        Assert.InRange(bracket.Lower.Value, bracket.Upper.Value * (1 - 1e-3), bracket.Upper.Value);
    }

    /// <summary>Connect-the-dots at step 1e-4 by dp_accounting 0.6.0, add-or-remove-one.</summary>
    [Theory]
    [InlineData(0.01, 1, 100, 1e-5, 0.718037)]
    [InlineData(0.01, 1, 1000, 1e-5, 1.828244)]
    [InlineData(0.04, 1.5, 2250, 1e-5, 6.768787)]
    [InlineData(0.2, 3, 100, 1e-6, 3.371055)]
    [InlineData(0.5, 10, 500, 1e-5, 5.012278)]
    public void Sampled_gaussians_agree_with_connect_the_dots(double rate, double sigma, long steps, double delta, double expected)
    {
        var bracket = new PldAccountant(AddOrRemoveOne).EpsilonAt(SampledGaussian(rate, sigma, steps), new Delta(delta));

        Assert.Equal(expected, bracket.Upper.Value, expected * 2e-6);
        Assert.InRange(bracket.Upper.Value - bracket.Lower.Value, 0, 1e-4 * expected);
    }

    /// <summary>dp_accounting 0.6.0 at step 1e-4; a generous maximum costs nothing, a tight one much.</summary>
    [Theory]
    [InlineData(128, 4.0128)]
    [InlineData(160, 1.82827)]
    [InlineData(200, 1.828244)]
    public void Truncation_of_the_batch_costs_what_it_should(long maximum, double expected)
    {
        var step = new TruncatedPoissonGaussianEvent(10_000, new SamplingRate(0.01), maximum, new NoiseMultiplier(1));

        Assert.Equal(expected, new PldAccountant(ReplaceSpecial).EpsilonAt(step.Times(1000), new Delta(1e-5)).Upper.Value, expected * 2e-5);
    }

    /// <summary>Both come from one closed form, Φ(μ/2 − ε/μ) − e^ε·Φ(−μ/2 − ε/μ); forcing a step takes the lattice's way to it.</summary>
    [Theory]
    [InlineData(1, 1e-5)]
    [InlineData(1, 1e-12)]
    [InlineData(0.3, 1e-40)]
    [InlineData(4, 0.2)]
    [InlineData(1, 1e-100)]
    public void The_lattice_brackets_the_exact_gaussian(double mu, double delta)
    {
        var exact = AnalyticGaussian.EpsilonAt(mu, new Delta(delta)).Value;
        var bracket = new PldAccountant(AddOrRemoveOne, new PldOptions { Step = mu * 1e-3 }).EpsilonAt(new GaussianEvent(1 / mu), new Delta(delta));

        Assert.InRange(exact, bracket.Lower.Value, bracket.Upper.Value);
        Assert.InRange(bracket.Upper.Value - bracket.Lower.Value, 0, 1e-5 * exact);
    }

    [Fact]
    public void Replacement_of_an_unsampled_gaussian_doubles_its_distance()
    {
        // 9.9973: Balle and Wang's exact value at distance 2.
        var bracket = new PldAccountant(ReplaceOne).EpsilonAt(new GaussianEvent(1), new Delta(1e-5));

        Assert.Equal(9.9972561464343, bracket.Upper.Value, 1e-10);
    }

    [Fact]
    public void Sampling_at_a_rate_near_one_meets_the_unsampled_mechanism_under_every_relation()
    {
        foreach (var relation in Enum.GetValues<NeighbouringRelation>())
        {
            var accountant = new PldAccountant(relation);
            var all = accountant.EpsilonAt(new GaussianEvent(2).Times(10), new Delta(1e-6)).Upper.Value;
            var most = accountant.EpsilonAt(SampledGaussian(1 - 1e-9, 2, 10), new Delta(1e-6)).Upper.Value;
            Assert.Equal(all, most, all * 1e-5);
        }
    }

    /// <summary>Kairouz, Oh and Viswanath's optimal composition: on the lattice of even multiples, ε is 22 at δ = .06 and 20 at .1.</summary>
    [Fact]
    public void Known_epsilon_delta_mechanisms_compose_optimally()
    {
        var weak = new EpsilonDeltaEvent(new Epsilon(1), new Delta(0.001)).Times(30);
        var accountant = new PldAccountant(AddOrRemoveOne);
        double Delta(double epsilon) => accountant.DeltaAt(weak, new Epsilon(epsilon)).Upper.Value;

        Assert.True(Delta(22) <= 0.06 && Delta(20) > 0.06);
        Assert.True(Delta(20) <= 0.1 && Delta(18) > 0.1);
        Assert.InRange(accountant.EpsilonAt(weak, new Delta(0.06)).Upper.Value, 20, 22);
    }

    /// <summary>A discrete Gaussian of σ = 20 is the continuous one to within the lattice's answer; at σ = 0.5 it is another mechanism.</summary>
    [Fact]
    public void Discrete_gaussian_tends_to_the_continuous_one()
    {
        var accountant = new PldAccountant(AddOrRemoveOne);
        double Discrete(double sigma) => accountant.EpsilonAt(new DiscreteGaussianEvent(sigma).Times(50), new Delta(1e-6)).Upper.Value;
        double Continuous(double sigma) => AnalyticGaussian.EpsilonAt(Math.Sqrt(50) / sigma, new Delta(1e-6)).Value;

        Assert.Equal(Continuous(20), Discrete(20), 1e-3);
        Assert.NotEqual(Continuous(0.5), Discrete(0.5), 1e-3);
    }

    /// <summary>Two releases of the discrete Gaussian by direct convolution of their atoms.</summary>
    [Fact]
    public void Discrete_gaussian_is_exact_on_its_atoms()
    {
        const double sigma = 1.3, epsilon = 1.1;
        var total = Enumerable.Range(-60, 121).Sum(k => Math.Exp(-k * k / (2 * sigma * sigma)));
        double Mass(int k) => Math.Exp(-k * k / (2 * sigma * sigma)) / total;
        var delta = 0.0;
        for (var i = -60; i <= 60; i++)
            for (var j = -60; j <= 60; j++)
                delta += Math.Max(0, Mass(i - 1) * Mass(j - 1) - Math.Exp(epsilon) * Mass(i) * Mass(j));

        var bracket = new PldAccountant(AddOrRemoveOne).DeltaAt(new DiscreteGaussianEvent(sigma).Times(2), new Epsilon(epsilon));

        Assert.InRange(delta, bracket.Lower.Value * (1 - 1e-9), bracket.Upper.Value * (1 + 1e-9));
        Assert.InRange(bracket.Upper.Value / bracket.Lower.Value, 1, 1 + 1e-6);
    }

    /// <summary>100 answers of randomized response under replacement, p = .5, k = 4: 123.9 (the sum of the largest losses is 160.9).</summary>
    [Fact]
    public void Randomized_response_is_charged_every_time()
    {
        var answers = new RandomizedResponseEvent(0.5, 4).Times(100);

        var upper = new PldAccountant(ReplaceOne).EpsilonAt(answers, new Delta(1e-5)).Upper.Value;

        Assert.Equal(123.9, upper, 0.1);
        Assert.Equal(100 * Math.Log(5), new PldAccountant(ReplaceOne).EpsilonAt(answers, Delta.Zero).Upper.Value, 1e-9);
    }

    /// <summary>Against a uniform answer, a rare category's answer gives more away than the common one: ln 10, printed in dp_accounting's tests.</summary>
    [Fact]
    public void The_worse_direction_answers()
    {
        var accountant = new PldAccountant(ReplaceSpecial);
        var answer = new RandomizedResponseEvent(0.1, 10);

        Assert.Equal(Math.Log(10), accountant.EpsilonAt(answer, Delta.Zero).Upper.Value, 1e-12);
        // Three rare answers: .9³ under the uniform distribution, .09³ under randomized response; only they reach a loss of 6.5.
        Assert.Equal(0.729 - Math.Exp(6.5) * 0.000729, accountant.DeltaAt(answer.Times(3), new Epsilon(6.5)).Upper.Value, 1e-9);
    }

    /// <summary>Few steps or very many, little noise or a tiny δ: the bracket stays narrow, and its upper end below the Rényi accountant's.</summary>
    [Theory]
    [InlineData(1.522e-4, 1.132, 4, 1.45e-14)]
    [InlineData(5.667e-5, 0.2039, 1252, 1.09e-12)]
    [InlineData(8.856e-5, 0.1112, 2, 8.73e-6)]
    [InlineData(1.26e-4, 0.566, 43_138, 1e-6)]
    [InlineData(0.001, 0.8, 100_000, 1e-6)]
    [InlineData(0.05, 0.8, 50_000, 1e-6)]
    public void Extreme_plans_have_narrow_brackets(double rate, double sigma, long steps, double delta)
    {
        var plan = SampledGaussian(rate, sigma, steps);
        var bracket = new PldAccountant(AddOrRemoveOne).EpsilonAt(plan, new Delta(delta));

        Assert.InRange(bracket.Lower.Value, bracket.Upper.Value * (1 - 1e-3), bracket.Upper.Value);
        Assert.True(bracket.Upper.Value <= new RdpAccountant(AddOrRemoveOne).EpsilonAt(plan, new Delta(delta)).Upper.Value);
    }

    /// <summary>Tails so heavy that a weak tilt's window is far wider than a coarse lattice shows: δ was once bracketed by factors of thousands.</summary>
    [Theory]
    [InlineData(0.566, 0.5)]
    [InlineData(0.566, 1.5)]
    [InlineData(0.565, 0.9)]
    public void Heavy_tails_have_narrow_brackets_of_delta_too(double sigma, double epsilon)
    {
        var accountant = new PldAccountant(AddOrRemoveOne);
        var plan = SampledGaussian(1.26e-4, sigma, 43_138);

        var delta = accountant.DeltaAt(plan, new Epsilon(epsilon));
        var back = accountant.EpsilonAt(plan, delta.Upper);

        Assert.InRange(delta.Lower.Value, delta.Upper.Value * 0.99, delta.Upper.Value);
        Assert.InRange(epsilon, back.Lower.Value * 0.999, back.Upper.Value * 1.001);
        Assert.InRange(back.Upper.Value - back.Lower.Value, 0, 1e-3 * back.Upper.Value);
    }

    [Fact]
    public void Nothing_costs_nothing_and_no_privacy_is_infinite()
    {
        var accountant = new PldAccountant(AddOrRemoveOne);

        Assert.Equal(0, accountant.EpsilonAt(new NoOpEvent(), new Delta(1e-9)).Upper.Value);
        Assert.Equal(0, accountant.EpsilonAt(new GaussianEvent(1).Times(0), Delta.Zero).Upper.Value);
        Assert.Equal(Epsilon.Infinite, accountant.EpsilonAt(new GaussianEvent(0).Then(new LaplaceEvent(1)), new Delta(0.5)).Upper);
        Assert.Equal(Epsilon.Infinite, accountant.EpsilonAt(new GaussianEvent(1), Delta.Zero).Upper);
        Assert.Equal(1, accountant.DeltaAt(new NonPrivateEvent(), new Epsilon(3)).Upper.Value);
        Assert.Equal(0, accountant.EpsilonAt(SampledGaussian(0.01, 1, 10), new Delta(0.5)).Upper.Value);
    }

    private static SelfComposedEvent SampledGaussian(double rate, double sigma, long steps) => new GaussianEvent(sigma).Sampled(new SamplingRate(rate)).Times(steps);

    private static PrivacyEvent Example(string name)
    {
        static EpsilonDeltaEvent Known(double epsilon, double delta) => new(new Epsilon(epsilon), new Delta(delta));
        static TruncatedPoissonGaussianEvent Truncated(long records) => new(records, new SamplingRate(0.5), 2, new NoiseMultiplier(1));
        return name switch
        {
            "three Gaussians of sigma sqrt 3" => new GaussianEvent(Math.Sqrt(3)).Times(3),
            "three sampled Gaussians, q .2, sigma .5" => SampledGaussian(0.2, 0.5, 3),
            "three Laplace b 1, two Laplace b 2" => new LaplaceEvent(1).Times(3).Then(new LaplaceEvent(2).Times(2)),
            "500 Laplace queries" => new LaplaceEvent(71).Times(500),
            "(1, 0) and (2, 0)" => Known(1, 0).Then(Known(2, 0)),
            "(1, .1) and (2, .2)" => Known(1, 0.1).Then(Known(2, 0.2)),
            "mixtures of Gaussians" => new MixtureOfGaussiansEvent(1, [0, 1, 2], [0.2, 0.6, 0.2]).Times(3)
                .Then(new MixtureOfGaussiansEvent(2, [0, 2, 3], [0.33, 0.34, 0.33]).Times(2)),
            _ => Truncated(4).Times(3).Then(Truncated(3).Times(2)),
        };
    }
}
