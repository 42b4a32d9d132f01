namespace Understudy.Torch.Tracking;

/// <summary><see cref="Functional.InstanceNorm"/>.</summary>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record InstanceNormLayer(double Epsilon) : ParametricLayer
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, Tensor? weight, Tensor? bias) => Functional.InstanceNorm(x, weight, bias, Epsilon);
}
