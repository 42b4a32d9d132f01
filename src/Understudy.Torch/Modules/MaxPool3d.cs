namespace Understudy.Torch.Modules;

/// <summary>The largest element of each window of [B, C, D, H, W].</summary>
/// <param name="kernel">Length of the window.</param>
/// <param name="stride">Steps between the windows; the kernel if null.</param>
/// <param name="padding">-∞ added on both sides.</param>
public sealed class MaxPool3d(long kernel, long? stride = null, long padding = 0) : Module
{
    private readonly long step = stride ?? kernel;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.MaxPool(x, [kernel, kernel, kernel], [step, step, step], [padding, padding, padding]);
}
