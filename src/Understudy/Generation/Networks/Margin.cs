using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>Empty space, -1, around the last axes of a batch, or less of these where a number is below 0.</summary>
/// <param name="padding">Before and after the last axis, then the one before it, and so on.</param>
public sealed class Margin(params long[] padding) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Pad(padding, value: -1);
}
