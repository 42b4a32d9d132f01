using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.PrivateGans;

/// <summary>What a DP-cGAN may be told.</summary>
public sealed record DpConditionalGanOptions : PrivateGanOptions
{
    /// <summary>Numbers in the discriminator's last hidden layer, which sees the whole image.</summary>
    [Range(1, 8192)]
    public int Hidden { get; init; } = 128;
}
