namespace Understudy.Generation.Gan;

/// <summary>What a conditional GAN may be told.</summary>
public sealed record ConditionalGanOptions : LabelledGanOptions
{
    /// <summary>Whether the discriminator judges by a projection of the class on its features, in place of being shown the class as channels; see <see cref="Networks.ProjectionDiscriminator"/>.</summary>
    public bool Projection { get; init; }
}
