namespace Understudy.Torch.Modules;

/// <summary>x where x &gt; 0, alpha (e^x - 1) elsewhere.</summary>
/// <param name="alpha">Minus the limit on the negative side.</param>
public sealed class ELU(double alpha = 1) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.Elu(x, alpha);
}
