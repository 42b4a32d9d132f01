namespace Understudy.Generation.Denoising;

/// <summary>The distribution that codes are to follow.</summary>
public enum CodePrior
{
    /// <summary>N(0, I).</summary>
    Normal,

    /// <summary>Ten equally likely Gaussians of standard deviation 0.5 around a circle of radius 4; for codes of two numbers.</summary>
    Mixture,
}
