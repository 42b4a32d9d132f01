using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Translation;

/// <summary>Paints an image onto a mask and keeps the two together, [B, 1, H, W] → [B, C + 1, H, W], all in [-1, 1].</summary>
/// <remarks>A drawn mask has grey pixels, which no real one has: they are brought to -1 or 1 first, so that what is painted belongs to the mask that is released.</remarks>
internal sealed class PairPainter : Module
{
    private readonly Module painter;

    /// <param name="painter">[B, 1, H, W] → [B, C, H, W].</param>
    public PairPainter(Module painter) => this.painter = AddModule("painter", painter);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor mask)
    {
        var drawn = (mask.Ge(0).To(DType.Float32) * 2) - 1;
        return Tensor.Cat([painter.Forward(drawn), drawn], 1);
    }
}
