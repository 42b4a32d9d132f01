using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Gan;

/// <summary>What a GAN of labelled images may be told.</summary>
public abstract record LabelledGanOptions : GanOptions
{
    /// <summary>A discriminator without batch norm, held by its penalty, learns well at five times the usual rate, and the generator with it.</summary>
    protected LabelledGanOptions() => (LearningRateD, LearningRateG) = (1e-3, 1e-3);

    /// <summary>Numbers in the hidden linear layer of each network: the generator's first, where class and noise meet, and the discriminator's last, which sees the whole image.</summary>
    [Range(1, 8192)]
    public int Hidden { get; init; } = 256;

    /// <summary>γ of the R₁ penalty γ/2 · E ‖∇D(x)‖² on real images; see <see cref="Tricks.R1Penalty"/>.</summary>
    [Range(0, 1e6)]
    public double Penalty { get; init; } = 0.2;
}
