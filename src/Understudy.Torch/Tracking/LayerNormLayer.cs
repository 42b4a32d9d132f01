namespace Understudy.Torch.Tracking;

/// <summary><see cref="Functional.LayerNorm"/>.</summary>
/// <param name="Shape">Lengths of the dimensions normalised over.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record LayerNormLayer(long[] Shape, double Epsilon) : ParametricLayer
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, Tensor? weight, Tensor? bias) => Functional.LayerNorm(x, Shape, weight, bias, Epsilon);
}
