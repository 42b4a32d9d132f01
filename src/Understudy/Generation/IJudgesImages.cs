using Understudy.Data;

namespace Understudy.Generation;

/// <summary>A GAN whose discriminator says of a single image how real it looks: what whoever is given the discriminator may ask it.</summary>
public interface IJudgesImages
{
    /// <summary>Whether the model that is saved holds the discriminator anyway, since another part of the method shares its layers.</summary>
    bool SavesDiscriminator { get; }

    /// <summary>The logit [N] of "real" for each image; labelled images for a discriminator that is told the class.</summary>
    double[] Judge(ImageSet images);

    /// <summary>Writes the discriminator of the fitted model to a folder.</summary>
    void SaveDiscriminator(string directory);

    /// <summary>Reads one that <see cref="SaveDiscriminator"/> wrote; the model must have been loaded.</summary>
    void LoadDiscriminator(string directory);
}
