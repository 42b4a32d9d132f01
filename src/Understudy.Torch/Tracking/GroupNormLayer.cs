namespace Understudy.Torch.Tracking;

/// <summary><see cref="Functional.GroupNorm"/>.</summary>
/// <param name="Groups">Number of groups of channels.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record GroupNormLayer(long Groups, double Epsilon) : ParametricLayer
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, Tensor? weight, Tensor? bias) => Functional.GroupNorm(x, Groups, weight, bias, Epsilon);
}
