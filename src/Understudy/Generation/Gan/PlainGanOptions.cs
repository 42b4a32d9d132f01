using System.ComponentModel.DataAnnotations;
using Understudy.Generation.Gan.Tricks;

namespace Understudy.Generation.Gan;

/// <summary>What a GAN from noise alone may be told.</summary>
public record PlainGanOptions : GanOptions
{
    /// <summary>Aids to its training.</summary>
    public GanTricks Tricks { get; init; } = new();

    /// <summary>Batches of noise over which the generator's batch norms are measured anew after training, 50 or more; 0 keeps their running averages, which lag behind weights that still move.</summary>
    [Range(0, 100_000)]
    public int SettleBatches { get; init; }
}
