using Understudy.Torch;

namespace Understudy.Generation.Gan.Tricks;

/// <summary>A discriminator's loss: its score should not be steep at real images, which keeps it from winning by ever steeper scores.</summary>
/// <remarks>
/// R₁ of Mescheder, Geiger, Nowozin, ICML 2018, 1801.04406: γ/2 · E ‖∇D(x)‖². It costs as much as the rest of a step, so it is taken every so many steps
/// and as much larger (Karras et al., CVPR 2020, 1912.04958, section 3.1), which teaches the same.
/// </remarks>
/// <param name="weight">γ; 0 for no penalty.</param>
/// <param name="every">Steps from one to the next.</param>
public sealed class R1Penalty(double weight, int every)
{
    /// <summary>What D lowers besides at a step, counted from 0, a scalar that can be differentiated; null where there is nothing.</summary>
    /// <param name="score">D, [B, C, H, W] to [B, 1]; it must not mix the images of a batch.</param>
    /// <param name="x">Real images, [B, C, H, W].</param>
    /// <param name="step">The step.</param>
    public Tensor? Of(Func<Tensor, Tensor> score, Tensor x, long step) => weight == 0 || step % every != 0 ? null : every * weight / 2 * SquaredSlope(score, x);

    /// <summary>E ‖∇D(x)‖², a scalar.</summary>
    private static Tensor SquaredSlope(Func<Tensor, Tensor> score, Tensor x)
    {
        var leaf = x.Detach();
        leaf.RequiresGrad = true;
        var gradient = Autograd.Grad([score(leaf).Sum()], [leaf], createGraph: true)[0]!; // [B, C, H, W]
        return gradient.Square().Flatten(1).Sum([1]).Mean();
    }
}
