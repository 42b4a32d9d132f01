namespace Understudy.Torch.Modules;

/// <summary>The mean of each window of [B, C, D, H, W].</summary>
/// <param name="kernel">Length of the window.</param>
/// <param name="stride">Steps between the windows; the kernel if null.</param>
/// <param name="padding">Zeros added on both sides, which count in the mean.</param>
public sealed class AvgPool3d(long kernel, long? stride = null, long padding = 0) : Module
{
    private readonly long step = stride ?? kernel;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.AvgPool(x, [kernel, kernel, kernel], [step, step, step], [padding, padding, padding]);
}
