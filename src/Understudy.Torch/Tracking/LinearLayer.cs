namespace Understudy.Torch.Tracking;

/// <summary><see cref="Functional.Linear"/>.</summary>
public sealed record LinearLayer : ParametricLayer
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, Tensor? weight, Tensor? bias) => Functional.Linear(x, weight!, bias);
}
