namespace Understudy.Torch.Modules;

/// <summary>Where new elements of an enlarged image come from.</summary>
public enum UpsampleMode
{
    /// <summary>Each is its nearest neighbour.</summary>
    Nearest,
    /// <summary>Linear interpolation along every spatial dimension, corners not aligned.</summary>
    Linear,
}
