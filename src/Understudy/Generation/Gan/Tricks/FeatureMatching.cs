using Understudy.Torch;

namespace Understudy.Generation.Gan.Tricks;

/// <summary>A generator's loss: generated images should have, on average, the features that real ones have.</summary>
/// <remarks>Salimans et al., NIPS 2016, 1606.03498, section 3.1: ‖E f(x) - E f(G(z))‖², f a hidden layer of the discriminator.</remarks>
public static class FeatureMatching
{
    /// <summary>The loss, a scalar; no gradient flows to the real features.</summary>
    /// <param name="real">f(x), [B, A].</param>
    /// <param name="fake">f(G(z)), [B', A].</param>
    public static Tensor Loss(Tensor real, Tensor fake) => (real.Detach().Mean([0]) - fake.Mean([0])).Square().Sum();
}
