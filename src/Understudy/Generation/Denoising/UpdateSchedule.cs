namespace Understudy.Generation.Denoising;

/// <summary>How the updates of an adversarial autoencoder follow one another; the discriminator's is always first.</summary>
public enum UpdateSchedule
{
    /// <summary>Three updates a step: D on L_D, the encoder on L_E, encoder and decoder on L_rec.</summary>
    Alternating,

    /// <summary>Two: D on ½ L_D, encoder and decoder on L_rec + L_E.</summary>
    Joint,
}
