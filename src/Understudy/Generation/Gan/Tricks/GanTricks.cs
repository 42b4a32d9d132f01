using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Gan.Tricks;

/// <summary>Aids to the training of a GAN, each off unless it is asked for.</summary>
/// <remarks>Most are of Salimans, Goodfellow, Zaremba, Cheung, Radford, Chen, "Improved Techniques for Training GANs", NIPS 2016, 1606.03498.</remarks>
public sealed record GanTricks
{
    /// <summary>Weight of <see cref="Tricks.FeatureMatching"/> in the generator's loss.</summary>
    [Range(0, 1000)]
    public double FeatureMatching { get; init; }

    /// <summary>Kernels of <see cref="Tricks.MinibatchDiscrimination"/> before the discriminator's last layer.</summary>
    [Range(0, 256)]
    public int MinibatchKernels { get; init; }

    /// <summary>What the target 1 of a real image is lowered by (0.1 makes it 0.9); that of a generated one stays 0. Only for losses with targets.</summary>
    [Range(0, 0.5)]
    public double LabelSmoothing { get; init; }

    /// <summary>Weight of <see cref="HistoricalAverage"/> in both losses.</summary>
    [Range(0, 1000)]
    public double HistoricalAveraging { get; init; }

    /// <summary>σ of the noise that real and generated images get before they are judged, at the first step; see <see cref="Tricks.InstanceNoise"/>.</summary>
    [Range(0, 10)]
    public double InstanceNoise { get; init; }

    /// <summary>σ of that noise at the last step, if there is any at the first.</summary>
    [Range(1e-6, 10)]
    public double InstanceNoiseEnd { get; init; } = 0.001;

    /// <summary>Noise vectors in the reference batch of the generator's <see cref="Tricks.VirtualBatchNorm"/>; 0 keeps plain batch norm.</summary>
    [Range(0, 1024)]
    public int VirtualBatchNorm { get; init; }

    /// <summary>Whether the discriminator's weights are divided by their largest singular values, which replaces its batch norm (Miyato et al., ICLR 2018, 1802.05957).</summary>
    public bool SpectralNorm { get; init; }

    /// <summary>The joint norm that each network's gradient is held to; 0 for no limit.</summary>
    [Range(0, 1e6)]
    public double ClipGradients { get; init; }
}
