using Understudy.Privacy.Events;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Sampling;

/// <summary>
/// Poisson sampling into batches of a fixed number of rows: an overfull draw keeps a uniform subset, a smaller one is padded with masked rows
/// (arXiv 2508.15089). For zero-out neighbours, because the accounting needs N to be public.
/// </summary>
public sealed class TruncatedPoissonSampler : BatchSampler
{
    private readonly PoissonDraw draw;
    private readonly RandomWords words;
    private readonly int records;
    private readonly SamplingRate rate;

    /// <summary>Samples with randomness of the operating system.</summary>
    /// <param name="records">N, at least 1.</param>
    /// <param name="rate">q. The true probability is q rounded down to a multiple of 2⁻⁶⁴, which is on the private side.</param>
    /// <param name="maximumBatch">How many rows a batch has, at least 1; null takes <see cref="DefaultMaximumBatch"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">N or the number of rows is below 1.</exception>
    public TruncatedPoissonSampler(int records, SamplingRate rate, int? maximumBatch = null)
        : this(records, rate, maximumBatch, new SystemNoiseSource())
    {
    }

    internal TruncatedPoissonSampler(int records, SamplingRate rate, int? maximumBatch, NoiseSource source) : base(source)
    {
        this.records = (int)Require.AtLeast(1, records);
        this.rate = rate;
        MaximumBatch = maximumBatch is { } maximum ? (int)Require.AtLeast(1, maximum, nameof(maximumBatch)) : DefaultMaximumBatch(records, rate);
        draw = new PoissonDraw(records, rate);
        words = new RandomWords(source);
    }

    /// <summary>How many rows every batch has.</summary>
    public int MaximumBatch { get; }

    /// <summary>⌈qN + 8√(qN)⌉, at least 1 and at most N: where qN ≥ 50, an overfull draw has a probability below 1e-12.</summary>
    public static int DefaultMaximumBatch(int records, SamplingRate rate)
    {
        var mean = rate.Value * records;
        return (int)Math.Clamp(Math.Ceiling(mean + 8 * Math.Sqrt(mean)), 1, Math.Max(1, records));
    }

    /// <inheritdoc/>
    public override SampledBatch Next()
    {
        var chosen = draw.Next(Source);
        var kept = Math.Min(chosen.Length, MaximumBatch);
        if (chosen.Length > kept)
        {
            // The first steps of a Fisher–Yates shuffle: a uniform subset comes to the front.
            for (var i = 0; i < kept; i++)
            {
                var other = i + (int)words.Below((ulong)(chosen.Length - i));
                (chosen[i], chosen[other]) = (chosen[other], chosen[i]);
            }
        }
        var indices = new int[MaximumBatch];
        chosen[..kept].CopyTo(indices);
        var mask = new bool[MaximumBatch];
        mask.AsSpan(0, kept).Fill(true);
        return new SampledBatch(indices, mask);
    }

    /// <inheritdoc/>
    public override PrivacyEvent StepEvent(NoiseMultiplier noiseMultiplier) =>
        new TruncatedPoissonGaussianEvent(records, rate, MaximumBatch, noiseMultiplier);
}
