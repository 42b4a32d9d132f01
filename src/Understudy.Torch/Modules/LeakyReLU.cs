namespace Understudy.Torch.Modules;

/// <summary>x where x &gt; 0, slope · x elsewhere.</summary>
/// <param name="slope">Slope on the negative side.</param>
public sealed class LeakyReLU(double slope = 0.01) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.LeakyRelu(x, slope);
}
