using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.PrivateGans;

/// <summary>What a DP-cGAN may be told.</summary>
public sealed record DpConditionalGanOptions : PrivateGanOptions
{
    /// <summary>
    /// Creates the defaults. A C below nearly all norms gives each record the same weight against the noise, and Adam makes up for its scale; it suits
    /// this network, which has no loss on the discriminator but the clipped one.
    /// </summary>
    public DpConditionalGanOptions()
    {
        (LearningRateD, LearningRateG) = (5e-4, 5e-4);
        ClipNorm = 0.01;
    }

    /// <summary>Numbers in the discriminator's last hidden layer, which sees the whole image.</summary>
    [Range(1, 8192)]
    public int Hidden { get; init; } = 128;
}
