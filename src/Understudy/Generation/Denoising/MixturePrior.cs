using Understudy.Torch;

namespace Understudy.Generation.Denoising;

/// <summary>Ten equally likely Gaussians N(c_k, 0.5² I) in the plane, c_k = 4 (cos 2πk/10, sin 2πk/10).</summary>
public static class MixturePrior
{
    /// <summary>Number of Gaussians.</summary>
    public const int Components = 10;

    private const double Radius = 4;
    private const double Deviation = 0.5;

    /// <summary>z ~ p(z), [B, 2].</summary>
    public static Tensor Sample(long count, Device device)
    {
        var angles = Tensor.RandInt(0, Components, [count], device: device).To(DType.Float32) * (2 * Math.PI / Components); // [B]
        var centres = Tensor.Stack([angles.Cos(), angles.Sin()], 1) * Radius; // [B, 2]
        return centres + (Deviation * Tensor.RandNLike(centres));
    }

    /// <summary>The Gaussian whose centre is nearest to a code.</summary>
    /// <param name="code">Two numbers.</param>
    public static int Nearest(ReadOnlySpan<float> code)
    {
        var turn = Math.Atan2(code[1], code[0]) / (2 * Math.PI) * Components;
        return ((int)Math.Round(turn) + Components) % Components;
    }
}
