using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Mechanisms;

/// <summary>
/// Releases a sum of vectors, one a record and of L2 norm at most C, with N(0, (σC)²) noise in each coordinate (Dwork, Roth 2014, appendix A), hardened
/// against floating-point attacks. σ is relative to C under every neighbouring relation.
/// </summary>
public sealed class GaussianMechanism : Mechanism
{
    /// <summary>Couples bound and noise.</summary>
    /// <param name="relation">Which data sets the guarantee compares.</param>
    /// <param name="bound">C: the largest L2 norm of one record's contribution, positive, in the units of the sum.</param>
    /// <param name="noiseMultiplier">σ, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">C or σ is not positive and finite, or their product is not.</exception>
    public GaussianMechanism(NeighbouringRelation relation, double bound, NoiseMultiplier noiseMultiplier)
        : this(relation, bound, noiseMultiplier, source: null)
    {
    }

    internal GaussianMechanism(NeighbouringRelation relation, double bound, NoiseMultiplier noiseMultiplier, NoiseSource? source) : base(relation, source)
    {
        Bound = Require.Positive(bound);
        NoiseMultiplier = noiseMultiplier;
        StandardDeviation = Require.Positive(Math.BitIncrement(Require.Positive(noiseMultiplier.Value) * bound), nameof(StandardDeviation));
    }

    /// <summary>C, in the units of the sum.</summary>
    public double Bound { get; }

    /// <summary>σ, relative to C.</summary>
    public NoiseMultiplier NoiseMultiplier { get; }

    /// <summary>σC, rounded up, in the units of the sum.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public override PrivacyEvent Event => new GaussianEvent(NoiseMultiplier);

    /// <summary>The mechanism with the least noise that is (ε, δ)-differentially private, by the analytic Gaussian (Balle, Wang 2018, arXiv 1805.06530).</summary>
    /// <param name="relation">Which data sets the guarantee compares.</param>
    /// <param name="bound">C: the largest L2 norm of one record's contribution.</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <param name="delta">δ in (0, 1).</param>
    public static GaussianMechanism Calibrate(NeighbouringRelation relation, double bound, Epsilon epsilon, Delta delta)
    {
        if (epsilon.Value is 0 or double.PositiveInfinity) throw new ArgumentOutOfRangeException(nameof(epsilon), "epsilon must be positive and finite.");
        var distance = relation == NeighbouringRelation.ReplaceOne ? 2 : 1;
        var sigma = distance / AnalyticGaussian.MuFor(epsilon, delta);
        var mechanism = new GaussianMechanism(relation, bound, new NoiseMultiplier(sigma));
        // Rounding may have come out on the wrong side of the target.
        for (var excess = 1e-15; mechanism.EpsilonAt(delta).Upper.Value > epsilon.Value; excess *= 2)
            mechanism = new GaussianMechanism(relation, bound, new NoiseMultiplier(sigma *= 1 + excess));
        return mechanism;
    }

    /// <summary>Adds one record's vector to a sum, scaled down to norm C if it is longer; one that is not finite adds nothing.</summary>
    /// <param name="record">[d].</param>
    /// <param name="sum">[d], changed in place.</param>
    public void Accumulate(ReadOnlySpan<double> record, Span<double> sum) =>
        Contributions.Add(record, Contributions.Factor(Contributions.EuclideanNorm(record), Bound), sum);

    /// <summary>Turns a sum into its release: adds the noise, once.</summary>
    /// <param name="sum">[d]: each record's contribution to it has an L2 norm of at most C. Changed in place.</param>
    /// <exception cref="ArgumentException">A value is infinite or not a number; nothing has been spent or changed.</exception>
    /// <exception cref="InvalidOperationException">The release has been made.</exception>
    public void Release(Span<double> sum)
    {
        RequireFinite(sum);
        using var noise = Spend();
        noise.AddGaussian(sum, StandardDeviation);
    }

    /// <inheritdoc cref="Release(Span{double})"/>
    public void Release(Span<float> sum)
    {
        foreach (var value in sum)
            if (!float.IsFinite(value)) throw new ArgumentException("a value to release is infinite or not a number.", nameof(sum));
        using var noise = Spend();
        noise.AddGaussian(sum, StandardDeviation);
    }
}
