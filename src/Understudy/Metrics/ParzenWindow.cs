using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>Log-likelihood of held-out images under Gaussian windows around samples: ln p(x) = ln (1/M) Σ_m N(x; s_m, σ² I), pixel values 0 to 1.</summary>
/// <remarks>
/// Breuleux, Bengio, Vincent, 2009; its faults: Theis, van den Oord, Bethge, "A note on the evaluation of generative models", ICLR 2016,
/// 1511.01844. The value is a density's, so it may be positive, and it depends on the number of samples and on σ.
/// </remarks>
public static class ParzenWindow
{
    /// <summary>What every figure says of itself.</summary>
    public const string Caveat = "rewards blurred samples and depends on σ and on the number of samples; read it beside other figures";

    private const int Candidates = 10;

    /// <summary>The values of σ that are compared: ten from 0.1 to 1, evenly spaced by their logarithms.</summary>
    public static IReadOnlyList<double> Sigmas { get; } = [.. Enumerable.Range(0, Candidates).Select(i => Math.Pow(10, -1 + (double)i / (Candidates - 1)))];

    /// <summary>The σ under which some images are likeliest. Choose it on images that are not measured later.</summary>
    /// <param name="samples">M samples.</param>
    /// <param name="validation">Held-out images.</param>
    /// <exception cref="InputException">There are none, or shapes differ.</exception>
    public static double ChooseSigma(ImageSet samples, ImageSet validation)
    {
        var all = LogLikelihoods(samples, validation, Sigmas);
        return Sigmas[Enumerable.Range(0, Candidates).MaxBy(s => all[s].Average())];
    }

    /// <summary>The mean log-likelihood in nats, with a normal interval.</summary>
    /// <param name="samples">M samples.</param>
    /// <param name="test">Held-out images, others than σ was chosen on.</param>
    /// <param name="sigma">σ, more than 0.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="InputException">There are none, or shapes differ.</exception>
    public static Metric Measure(ImageSet samples, ImageSet test, double sigma, double level = 0.95)
    {
        var values = LogLikelihoods(samples, test, [sigma])[0];
        var mean = values.Average();
        var error = values.Length < 2 ? double.NaN : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length);
        return new Metric("Parzen log-likelihood", mean, double.IsNaN(error) ? null : Interval.Normal(mean, error, level),
            FormattableString.Invariant($"{samples.Count} samples, σ = {sigma:0.###}; {Caveat}"));
    }

    /// <summary>[σ][N] log-likelihood of each image.</summary>
    private static double[][] LogLikelihoods(ImageSet samples, ImageSet images, IReadOnlyList<double> sigmas)
    {
        if (samples.Count == 0 || images.Count == 0) throw new InputException("a Parzen window needs samples and images to measure; give at least one of each");
        if (samples.Shape != images.Shape) throw new InputException($"images of shape {samples.Shape} and {images.Shape} cannot be compared; resize one kind");
        var d = images.Shape.Length;
        var nearest = NearestNeighbours.Find(images, samples).SquaredDistances;
        var sums = sigmas.Select(_ => new double[images.Count]).ToArray(); // Σ exp(−(distance − nearest) / 2σ²)
        var rates = sigmas.Select(sigma => -1 / (2 * sigma * sigma * 255 * 255)).ToArray();
        PairwiseDistances.Visit<byte, ByteTileKernel>(images.Pixels, samples.Pixels, d, (image, _, distances) =>
        {
            for (var s = 0; s < rates.Length; s++)
            {
                var sum = 0.0;
                foreach (var distance in distances) sum += Math.Exp(rates[s] * (distance - nearest[image]));
                sums[s][image] += sum;
            }
        });
        for (var s = 0; s < sums.Length; s++)
        {
            var constant = -0.5 * d * Math.Log(2 * Math.PI * sigmas[s] * sigmas[s]) - Math.Log(samples.Count);
            for (var i = 0; i < images.Count; i++) sums[s][i] = constant + rates[s] * nearest[i] + Math.Log(sums[s][i]);
        }
        return sums;
    }
}
