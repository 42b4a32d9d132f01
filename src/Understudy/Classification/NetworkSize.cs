namespace Understudy.Classification;

/// <summary>How large a residual network is.</summary>
public enum NetworkSize
{
    /// <summary>Trains in minutes on a processor.</summary>
    Small,

    /// <summary>As in its paper: made for a graphics card.</summary>
    Published,
}
