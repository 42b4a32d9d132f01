using Understudy.Generation.Denoising;
using Understudy.Torch;

namespace Understudy.Tests.Generation.Denoising;

public sealed class AutoencoderLossesTests
{
    // BCE(0.5, x) is ln 2 whatever x is, so the decoder says σ(1); by hand: −x ln σ(1) − (1 − x) ln(1 − σ(1)) = 1.3133 − x.
    [Fact]
    public void The_target_of_a_reconstruction_is_the_clean_image_and_the_input_a_noisy_one()
    {
        using var scope = new TensorScope();
        var x = Tensor.Full([2, 1, 2, 2], 0.25);
        var seen = new List<float>();
        var loss = AutoencoderLosses.Reconstruction(
            images =>
            {
                seen.AddRange(images.ToArray<float>());
                return images;
            },
            z => Tensor.Full(z.Shape, 1.0), new Corruption(5), x);
        Assert.Equal(1.313262 - 0.25, loss.Item<float>(), 1e-5);
        Assert.DoesNotContain(0.25f, seen);
    }

    [Fact]
    public void Cross_entropy_is_not_0_for_a_perfect_grey_image()
    {
        using var scope = new TensorScope();
        var x = Tensor.Full([1, 1, 2, 2], 0.25);
        var perfect = AutoencoderLosses.Reconstruction(images => images, _ => Tensor.Full([1, 1, 2, 2], Math.Log(0.25 / 0.75)), default, x);
        Assert.Equal(-(0.25 * Math.Log(0.25)) - (0.75 * Math.Log(0.75)), perfect.Item<float>(), 1e-5);
    }

    // softplus(−2) + softplus(−1) = 0.126928 + 0.313262 for logits 2 of the prior and −1 of a code; the encoder wants softplus(1) = 1.313262.
    [Fact]
    public void The_adversarial_losses_have_their_values_by_hand()
    {
        using var scope = new TensorScope();
        var (prior, code) = (Tensor.From([2f], 1, 1), Tensor.From([-1f], 1, 1));
        Assert.Equal(0.440190, AutoencoderLosses.Discriminator(prior, code).Item<float>(), 1e-5);
        Assert.Equal(1.313262, AutoencoderLosses.Encoder(code).Item<float>(), 1e-5);
    }
}
