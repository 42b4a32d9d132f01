namespace Understudy.Studies;

/// <summary>A model with all its losses, or without one of them.</summary>
public enum EditVariant
{
    /// <summary>All losses.</summary>
    Full,

    /// <summary>γ = 0: nothing hides the attribute from codes.</summary>
    WithoutGamma,

    /// <summary>β = 0: nothing asks reconstructions to show the attribute.</summary>
    WithoutBeta,

    /// <summary>δ = 0: nothing asks images to be sharp.</summary>
    WithoutDelta,
}
