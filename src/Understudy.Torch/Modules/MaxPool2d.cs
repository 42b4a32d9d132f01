namespace Understudy.Torch.Modules;

/// <summary>The largest element of each window of [B, C, H, W].</summary>
/// <param name="kernel">Length of the window.</param>
/// <param name="stride">Steps between the windows; the kernel if null.</param>
/// <param name="padding">-∞ added on both sides.</param>
public sealed class MaxPool2d(long kernel, long? stride = null, long padding = 0) : Module
{
    private readonly long step = stride ?? kernel;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.MaxPool(x, [kernel, kernel], [step, step], [padding, padding]);
}
