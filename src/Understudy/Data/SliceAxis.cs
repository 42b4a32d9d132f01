namespace Understudy.Data;

/// <summary>Across which axis a volume is sliced.</summary>
public enum SliceAxis
{
    /// <summary>Across z: seen from the feet.</summary>
    Axial,

    /// <summary>Across y: seen from the front.</summary>
    Coronal,

    /// <summary>Across x: seen from the side.</summary>
    Sagittal,
}
