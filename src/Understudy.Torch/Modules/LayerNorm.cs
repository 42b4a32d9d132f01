namespace Understudy.Torch.Modules;

/// <summary>Layer normalisation over the last dimensions (Ba et al. 2016): [..., shape] to the same.</summary>
public sealed class LayerNorm : Module
{
    private readonly long[] shape;
    private readonly double epsilon;

    /// <summary>Makes γ = 1 and β = 0.</summary>
    /// <param name="shape">Lengths of the dimensions normalised over.</param>
    /// <param name="epsilon">ε, added to the variance.</param>
    public LayerNorm(long[] shape, double epsilon = 1e-5)
    {
        (this.shape, this.epsilon) = ([.. shape], epsilon);
        Weight = AddParameter("weight", Tensor.Ones(shape));
        Bias = AddParameter("bias", Tensor.Zeros(shape));
    }

    /// <summary>Lengths of the dimensions normalised over.</summary>
    public IReadOnlyList<long> Shape => shape;

    /// <summary>γ, [shape].</summary>
    public Tensor Weight { get; }

    /// <summary>β, [shape].</summary>
    public Tensor Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.LayerNorm(x, shape, Weight, Bias, epsilon);
}
