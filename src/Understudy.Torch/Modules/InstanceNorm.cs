namespace Understudy.Torch.Modules;

/// <summary>Instance normalisation of [B, C, …] (Ulyanov et al. 2016): each channel of each sample by its own mean and variance.</summary>
public sealed class InstanceNorm : Module
{
    private readonly double epsilon;

    /// <summary>Makes γ = 1 and β = 0, if wanted.</summary>
    /// <param name="channels">C.</param>
    /// <param name="affine">Whether there are γ and β to learn.</param>
    /// <param name="epsilon">ε, added to the variance.</param>
    public InstanceNorm(long channels, bool affine = false, double epsilon = 1e-5)
    {
        this.epsilon = epsilon;
        if (!affine) return;
        Weight = AddParameter("weight", Tensor.Ones([channels]));
        Bias = AddParameter("bias", Tensor.Zeros([channels]));
    }

    /// <summary>γ, [C]; null if there is none.</summary>
    public Tensor? Weight { get; }

    /// <summary>β, [C]; null if there is none.</summary>
    public Tensor? Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.InstanceNorm(x, Weight, Bias, epsilon);
}
