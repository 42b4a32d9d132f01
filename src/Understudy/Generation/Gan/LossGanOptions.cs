namespace Understudy.Generation.Gan;

/// <summary>What a GAN may be told that is a loss, for whatever networks.</summary>
public record LossGanOptions : PlainGanOptions
{
    /// <summary>Which networks.</summary>
    public Architecture Network { get; init; } = Architecture.Convolutional;
}
