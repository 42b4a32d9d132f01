using Understudy.Torch;

namespace Understudy.Training.Private;

/// <summary>Each of the L parameters on its own: c_l = min(1, (C/√L)/‖g_l‖), so that all together stay within C (McMahan et al. 2018, section 3).</summary>
public sealed record PerLayerClipping : Clipping
{
    /// <summary>Clips to a norm in all.</summary>
    /// <param name="bound">C, above 0; infinity clips nothing.</param>
    public PerLayerClipping(double bound)
        : base(bound)
    {
    }

    /// <inheritdoc/>
    internal override Tensor Factors(Tensor squaredNorms) =>
        (Target / Math.Sqrt(squaredNorms.Size(0)) / squaredNorms.Sqrt()).Clamp(max: 1);
}
