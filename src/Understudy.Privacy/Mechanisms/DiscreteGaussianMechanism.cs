using Understudy.Privacy.Accounting;
using Understudy.Privacy.Calibration;
using Understudy.Privacy.Events;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Mechanisms;

/// <summary>
/// Releases a sum of vectors, one a record and of L2 norm at most C, with no floating-point number between the records' vectors and the release: they are
/// rounded to a grid, summed as integers, and get exact discrete Gaussian noise (Canonne, Kamath, Steinke 2020, arXiv 2004.00010; Kairouz, Liu, Steinke
/// 2021, arXiv 2102.06387). σ is relative to C under every neighbouring relation.
/// </summary>
public sealed class DiscreteGaussianMechanism : Mechanism
{
    private readonly DiscreteGaussianSampler sampler;
    private readonly double step, radius;

    /// <summary>Couples bound, grid and noise.</summary>
    /// <param name="relation">Which data sets the guarantee compares.</param>
    /// <param name="dimensions">d, at least 1.</param>
    /// <param name="bound">C: the largest L2 norm of one record's contribution, positive, in the units of the sum.</param>
    /// <param name="noiseMultiplier">σ, positive.</param>
    /// <param name="resolution">K: how many grid steps C has, above √d/2; null takes 1024·⌈√d⌉. σK may lie in [2⁻¹⁰, 2²⁶].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public DiscreteGaussianMechanism(NeighbouringRelation relation, int dimensions, double bound, NoiseMultiplier noiseMultiplier, int? resolution = null)
        : this(relation, dimensions, bound, noiseMultiplier, resolution, source: null)
    {
    }

    internal DiscreteGaussianMechanism(
        NeighbouringRelation relation, int dimensions, double bound, NoiseMultiplier noiseMultiplier, int? resolution, NoiseSource? source)
        : base(relation, source)
    {
        Dimensions = (int)Require.AtLeast(1, dimensions);
        Bound = Require.Positive(bound);
        NoiseMultiplier = noiseMultiplier;
        Resolution = resolution ?? DefaultResolution(dimensions);
        step = Require.Positive(bound / Resolution, nameof(resolution));
        // Rounding moves a vector by up to η√d/2.
        radius = bound - step * Math.Sqrt(dimensions) / 2;
        if (!(radius > 0))
            throw new ArgumentOutOfRangeException(nameof(resolution), $"a resolution of {Resolution} is too coarse for {dimensions} dimensions; it must be above half their root.");
        sampler = Sampler(Require.Positive(noiseMultiplier.Value) * Resolution);
    }

    /// <summary>d.</summary>
    public int Dimensions { get; }

    /// <summary>C, in the units of the sum.</summary>
    public double Bound { get; }

    /// <summary>σ, relative to C.</summary>
    public NoiseMultiplier NoiseMultiplier { get; }

    /// <summary>K: C in grid steps.</summary>
    public int Resolution { get; }

    /// <inheritdoc/>
    public override PrivacyEvent Event => EventOf(Dimensions, Resolution, NoiseMultiplier);

    /// <summary>The mechanism with the least noise that is (ε, δ)-differentially private.</summary>
    /// <param name="relation">Which data sets the guarantee compares.</param>
    /// <param name="dimensions">d, at least 1.</param>
    /// <param name="bound">C: the largest L2 norm of one record's contribution.</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <param name="delta">δ in (0, 1).</param>
    /// <param name="resolution">K: how many grid steps C has; null takes the default.</param>
    public static DiscreteGaussianMechanism Calibrate(
        NeighbouringRelation relation, int dimensions, double bound, Epsilon epsilon, Delta delta, int? resolution = null)
    {
        Require.AtLeast(1, dimensions);
        var steps = resolution ?? DefaultResolution(dimensions);
        var noise = new Calibrator(new TightestAccountant(relation), epsilon, delta).SmallestNoiseMultiplier(sigma => EventOf(dimensions, steps, sigma));
        return new DiscreteGaussianMechanism(relation, dimensions, bound, noise, steps);
    }

    /// <summary>Adds one record's vector to an integer sum, scaled down to C − η√d/2 if it is longer and rounded to the grid; one that is not finite adds nothing.</summary>
    /// <param name="record">[d].</param>
    /// <param name="sum">[d], in grid steps, changed in place.</param>
    public void Accumulate(ReadOnlySpan<double> record, Span<long> sum)
    {
        if (record.Length != Dimensions || sum.Length != Dimensions)
            throw new ArgumentException($"a record of {record.Length} values and a sum of {sum.Length} do not fit {Dimensions} dimensions.", nameof(record));
        var factor = Contributions.Factor(Contributions.EuclideanNorm(record), radius);
        if (factor == 0) return;
        // The bound is checked where it counts, in whole numbers; a record that breaks it in spite of everything is left out.
        var squares = UInt128.Zero;
        foreach (var x in record) squares += (UInt128)(Steps(x) * Steps(x));
        if (squares > (UInt128)Resolution * (UInt128)Resolution) return;
        for (var i = 0; i < sum.Length; i++) sum[i] = checked(sum[i] + Steps(record[i]));

        long Steps(double x) => (long)Math.Round(x * factor / step);
    }

    /// <summary>Turns an integer sum into its release: adds the noise, once, and returns to the units of the records.</summary>
    /// <param name="sum">[d], in grid steps, as <see cref="Accumulate"/> makes it.</param>
    /// <returns>[d], in the units of the sum.</returns>
    /// <exception cref="InvalidOperationException">The release has been made.</exception>
    public double[] Release(ReadOnlySpan<long> sum)
    {
        if (sum.Length != Dimensions) throw new ArgumentException($"a sum of {sum.Length} values does not fit {Dimensions} dimensions.", nameof(sum));
        using var noise = Spend();
        var words = new RandomWords(noise);
        var released = new double[sum.Length];
        for (var i = 0; i < released.Length; i++) released[i] = checked(sum[i] + sampler.Next(words)) * step;
        return released;
    }

    private static int DefaultResolution(int dimensions) => 1024 * (int)Math.Ceiling(Math.Sqrt(dimensions));

    /// <summary>In one dimension the noise's exact distribution is accounted for.</summary>
    private static PrivacyEvent EventOf(int dimensions, int resolution, NoiseMultiplier noiseMultiplier) => dimensions == 1
        ? new DiscreteGaussianEvent(noiseMultiplier.Value * resolution, resolution)
        : new DiscreteGaussianVectorEvent(noiseMultiplier);

    /// <summary>The variance in grid steps, rounded up to a fraction that the exact sampler takes.</summary>
    private static DiscreteGaussianSampler Sampler(double deviation)
    {
        if (deviation is < 1.0 / (1 << 10) or > 1 << 26)
            throw new ArgumentOutOfRangeException(nameof(deviation), $"the noise has a standard deviation of {deviation} grid steps; it must lie in [2^-10, 2^26].");
        ulong denominator = deviation < 1 << 10 ? 1UL << 32 : 1;
        // Four roundings of 2⁻⁵³ each, and the fraction's own, are made up for.
        return new DiscreteGaussianSampler((ulong)Math.Ceiling(deviation * deviation * (1 + 1e-15) * denominator), denominator);
    }
}
