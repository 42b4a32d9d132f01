using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Denoising;

/// <summary>What a denoising autoencoder may be told.</summary>
public record DaeOptions : AutoencoderOptions
{
    /// <summary>σ of the noise added to images, in units of pixel values 0 to 1; 0 leaves them clean.</summary>
    [Range(0.0, 10.0)]
    public double Sigma { get; init; } = 0.5;

    /// <summary>Whether noisy images are held within [0, 1].</summary>
    public bool Clip { get; init; }

    /// <summary>t: steps of the Markov chain x ← Dec(E(x + σ ε)) between a draw from the prior and a sample. More can be worse.</summary>
    [Range(0, 1000)]
    public int MarkovSteps { get; init; }
}
