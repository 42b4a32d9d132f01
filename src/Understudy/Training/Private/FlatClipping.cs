using Understudy.Torch;

namespace Understudy.Training.Private;

/// <summary>c = min(1, C/‖g‖), with the norm over all parameters (Abadi et al. 2016, algorithm 1).</summary>
public record FlatClipping : Clipping
{
    /// <summary>Clips to a norm.</summary>
    /// <param name="bound">C, above 0; infinity clips nothing.</param>
    public FlatClipping(double bound)
        : base(bound)
    {
    }

    /// <inheritdoc/>
    internal sealed override Tensor Factors(Tensor squaredNorms) =>
        (Target / squaredNorms.Sum([0], keepDim: true).Sqrt()).Clamp(max: 1);
}
