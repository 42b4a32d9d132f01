using Understudy.Torch;

namespace Understudy.Generation.Gan.Tricks;

/// <summary>Noise on every image that the discriminator sees, less with each step, so that the two distributions overlap from the start.</summary>
/// <remarks>Sønderby et al., ICLR 2017, 1610.04490; Arjovsky and Bottou, ICLR 2017, 1701.04862.</remarks>
/// <param name="start">σ at the first step; 0 for no noise at all.</param>
/// <param name="end">σ at the last; the logarithm goes down a straight line.</param>
/// <param name="steps">Steps in all.</param>
public sealed class InstanceNoise(double start, double end, long steps)
{
    /// <summary>σ at a step, from 0.</summary>
    public double Sigma(long step) => start == 0 || steps < 2 ? start : start * Math.Pow(end / start, (double)step / (steps - 1));

    /// <summary>x + σ ε, ε ~ N(0, I).</summary>
    public Tensor Add(Tensor x, long step) => start == 0 ? x : x + (Sigma(step) * Tensor.RandNLike(x));
}
