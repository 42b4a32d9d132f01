using Understudy.Privacy.Events;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Sampling;

/// <summary>Poisson sampling: each record takes part in each step with probability q, independently of all others. Batches vary in size and may be empty.</summary>
public sealed class PoissonSampler : BatchSampler
{
    private readonly PoissonDraw draw;
    private readonly SamplingRate rate;

    /// <summary>Samples with randomness of the operating system.</summary>
    /// <param name="records">N, 0 or more.</param>
    /// <param name="rate">q. The true probability is q rounded down to a multiple of 2⁻⁶⁴, which is on the private side.</param>
    /// <exception cref="ArgumentOutOfRangeException">N is negative.</exception>
    public PoissonSampler(int records, SamplingRate rate) : this(records, rate, new SystemNoiseSource())
    {
    }

    internal PoissonSampler(int records, SamplingRate rate, NoiseSource source) : base(source)
    {
        draw = new PoissonDraw((int)Require.AtLeast(0, records), rate);
        this.rate = rate;
    }

    /// <inheritdoc/>
    public override SampledBatch Next()
    {
        var indices = draw.Next(Source).ToArray();
        var mask = new bool[indices.Length];
        Array.Fill(mask, true);
        return new SampledBatch(indices, mask);
    }

    /// <inheritdoc/>
    public override PrivacyEvent StepEvent(NoiseMultiplier noiseMultiplier) => new GaussianEvent(noiseMultiplier).Sampled(rate);
}
