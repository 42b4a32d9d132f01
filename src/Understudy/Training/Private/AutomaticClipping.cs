using Understudy.Torch;

namespace Understudy.Training.Private;

/// <summary>c = C/(‖g‖ + γ): every gradient is brought to nearly the norm C, so that C is only a unit of the learning rate (Bu et al. 2023, 2206.07136, equation 4).</summary>
public sealed record AutomaticClipping : Clipping
{
    /// <summary>Normalises to a norm.</summary>
    /// <param name="bound">C, above 0 and finite.</param>
    /// <param name="stability">γ, above 0: gradients much shorter than it keep their relative lengths.</param>
    public AutomaticClipping(double bound = 1, double stability = 0.01)
        : base(bound)
    {
        if (double.IsInfinity(bound)) throw new ArgumentOutOfRangeException(nameof(bound), "automatic clipping scales to its bound, which must be finite");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stability);
        Stability = stability;
    }

    /// <summary>γ.</summary>
    public double Stability { get; }

    /// <inheritdoc/>
    internal override Tensor Factors(Tensor squaredNorms) =>
        Target / (squaredNorms.Sum([0], keepDim: true).Sqrt() + Stability);
}
