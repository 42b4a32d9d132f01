using Understudy.Generation.Gan.Tricks;

namespace Understudy.Generation.Gan;

/// <summary>What a GAN from noise alone may be told.</summary>
public record PlainGanOptions : GanOptions
{
    /// <summary>Aids to its training.</summary>
    public GanTricks Tricks { get; init; } = new();
}
