namespace Understudy.Sampling.Inversion;

/// <summary>How far a reconstruction is from an image; both are means over channels and pixels.</summary>
public enum ReconstructionLoss
{
    /// <summary>(G(z) − x)² on [-1, 1]: four times what it is on [0, 1].</summary>
    Mse,

    /// <summary>Cross-entropy of pixels in [0, 1], as in the first version of the paper.</summary>
    Bce,
}
