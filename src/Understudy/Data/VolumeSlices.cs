using System.ComponentModel.DataAnnotations;

namespace Understudy.Data;

/// <summary>How slices are taken of volumes.</summary>
public sealed record VolumeSlices
{
    /// <summary>Across which axis.</summary>
    public SliceAxis Axis { get; init; } = SliceAxis.Axial;

    /// <summary>Slices of each volume, evenly spaced among those that show enough; all of these where they are fewer. With 1, a record is a patient.</summary>
    [Range(1, 1000)]
    public int Count { get; init; } = 8;
}
