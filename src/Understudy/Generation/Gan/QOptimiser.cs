namespace Understudy.Generation.Gan;

/// <summary>Whose optimiser updates the head of InfoGAN's Q.</summary>
public enum QOptimiser
{
    /// <summary>The discriminator's, as in the authors' code.</summary>
    D,

    /// <summary>The generator's.</summary>
    G,
}
