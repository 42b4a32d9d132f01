namespace Understudy.Torch.Tracking;

/// <summary>A layer of <see cref="Functional"/> without its parameters: what it computes from an input, a weight and a bias.</summary>
public abstract record ParametricLayer
{
    /// <summary>Computes the output.</summary>
    /// <param name="x">The input.</param>
    /// <param name="weight">The weight; a normalisation takes null for 1.</param>
    /// <param name="bias">The bias; null for 0.</param>
    public abstract Tensor Apply(Tensor x, Tensor? weight, Tensor? bias);
}
