namespace Understudy.Classification;

/// <summary>Classifiers that learn from few labels, all with the same encoder network.</summary>
public enum LimitedLabelMethod
{
    /// <summary>The encoder and its class head alone, on labelled images.</summary>
    Cnn,

    /// <summary>With a decoder: an autoencoder.</summary>
    Ae,

    /// <summary>A denoising autoencoder.</summary>
    Dae,

    /// <summary>An adversarial autoencoder.</summary>
    Aae,

    /// <summary>A denoising adversarial autoencoder, <see cref="Generation.Denoising.SsDaae"/> as it is meant.</summary>
    Daae,
}
