namespace Understudy.Generation.Gan;

/// <summary>What a conditional GAN may be told.</summary>
public sealed record ConditionalGanOptions : LabelledGanOptions
{
    /// <summary>Whether the discriminator judges by a projection of the class on its features, in place of being shown the class as channels; see <see cref="Networks.ProjectionDiscriminator"/>.</summary>
    public bool Projection { get; init; }

    /// <summary>Whether the discriminator is also shown real images with a class that is not theirs, to refuse; see <see cref="ConditionalGan"/>.</summary>
    public bool MatchingAware { get; init; }
}
