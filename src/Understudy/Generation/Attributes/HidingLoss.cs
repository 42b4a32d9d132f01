namespace Understudy.Generation.Attributes;

/// <summary>What the encoder is told to hide the attribute from the adversary.</summary>
public enum HidingLoss
{
    /// <summary>−BCE(AUX(z), y), as published: its gradient vanishes while the adversary is sure and right.</summary>
    AsPublished,

    /// <summary>
    /// BCE(AUX(z), ½), the confusion of Tzeng et al. (ICCV 2015, 1510.02192, equation 3): smallest where the adversary can only guess, steep where it is
    /// sure, and no reason to write the attribute inverted.
    /// </summary>
    Confusion,
}
