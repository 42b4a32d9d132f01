namespace Understudy.Studies.Grids;

/// <summary>What leaves the room, and is therefore what an attacker sees.</summary>
public enum ReleaseKind
{
    /// <summary>The synthetic images.</summary>
    Dataset,

    /// <summary>The generator, from which anybody may draw as much as they like.</summary>
    Generator,

    /// <summary>The generator and the discriminator of a GAN, as published checkpoints often hold both; other methods have no such release.</summary>
    Networks,

    /// <summary>A classifier trained on synthetic images; the images stay.</summary>
    Classifier,
}
