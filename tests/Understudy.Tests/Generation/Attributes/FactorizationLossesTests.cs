using Understudy.Data;
using Understudy.Generation.Attributes;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Tests.Generation.Attributes;

public sealed class FactorizationLossesTests
{
    private const double Ln2 = 0.69314718;
    private static readonly FactorizationLosses Means = new(isSummed: false);
    private static readonly FactorizationLosses Sums = new(isSummed: true);

    // Logits 0 have BCE ln 2 a value: 3 channels of 2×2 pixels over 4 pixels, so 3 ln 2 an image; twice that summed over a batch of two.
    [Fact]
    public void Reconstruction_is_divided_by_pixels_and_not_by_channels()
    {
        using var scope = new TensorScope();
        var (logits, x) = (Tensor.Zeros([2, 3, 2, 2]), Tensor.Full([2, 3, 2, 2], 0.3));
        Assert.Equal(3 * Ln2, Means.Reconstruction(logits, x).Item<float>(), 1e-5);
        Assert.Equal(6 * Ln2, Sums.Reconstruction(logits, x).Item<float>(), 1e-5);
    }

    // μ = (1, 0), s = (0, ln 4): ½ ((1 + 1 − 1 − 0) + (0 + 4 − 1 − ln 4)) / 2.
    [Fact]
    public void Divergence_is_divided_by_the_size_of_codes()
    {
        using var scope = new TensorScope();
        var expected = 0.25 * (1 + 3 - Math.Log(4));
        var (mean, logVariance) = (Tensor.From([1f, 0f, 1f, 0f], 2, 2), Tensor.From([0f, (float)Math.Log(4), 0f, (float)Math.Log(4)], 2, 2));
        Assert.Equal(expected, Means.Divergence(mean, logVariance).Item<float>(), 1e-5);
        Assert.Equal(2 * expected, Sums.Divergence(mean, logVariance).Item<float>(), 1e-5);
    }

    [Fact]
    public void The_adversarial_losses_have_their_published_factors()
    {
        using var scope = new TensorScope();
        var (zero, one) = (Tensor.Zeros([2, 1]), Tensor.Ones([2, 1]));
        // softplus(−1) = 0.3132617, softplus(1) = 1.3132617
        Assert.Equal(0.3 * (0.3132617 + Ln2 + 1.3132617), Means.Discriminator(one, zero, one).Item<float>(), 1e-5);
        Assert.Equal(0.5 * (Ln2 + 0.3132617), Means.Generator(zero, one).Item<float>(), 1e-5);
        Assert.Equal(2 * 0.5 * (Ln2 + 0.3132617), Sums.Generator(zero, one).Item<float>(), 1e-5);
    }

    // At the published batch of 64 the means are the published sums divided by 64, every one of them: the balance is the same.
    [Fact]
    public void Means_keep_the_balance_of_the_published_sums_at_a_batch_of_64()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(2);
        var (x, logits, z, s) = (Tensor.Rand([64, 1, 4, 4]), Tensor.RandN([64, 1, 4, 4]), Tensor.RandN([64, 5]), Tensor.RandN([64, 5]));
        var (a, b, c) = (Tensor.RandN([64, 1]), Tensor.RandN([64, 1]), Tensor.RandN([64, 1]));
        var y = a.Gt(0).To(DType.Float32);
        foreach (var loss in new Func<FactorizationLosses, Tensor>[] { l => l.Reconstruction(logits, x), l => l.Divergence(z, s), l => l.Attribute(a, y), l => l.Discriminator(a, b, c), l => l.Generator(b, c) })
            Assert.Equal(loss(Sums).Item<float>() / 64, loss(Means).Item<float>(), 1e-4 * Math.Abs(loss(Means).Item<float>()));
    }

    [Fact]
    public void Hiding_the_attribute_pulls_codes_against_the_adversary()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(3);
        using var adversary = new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 1));
        var (z, y) = (Tensor.RandN([8, 3]), Tensor.From([1f, 0, 1, 0, 1, 1, 0, 0], 8, 1));
        z.RequiresGrad = true;
        var read = Autograd.Grad([Means.Attribute(adversary.Forward(z), y)], [z])[0]!.ToArray<float>();
        adversary.Freeze();
        var hidden = Autograd.Grad([Means.Hidden(adversary.Forward(z), y, HidingLoss.AsPublished)], [z])[0]!.ToArray<float>();
        Means.Hidden(adversary.Forward(z), y, HidingLoss.AsPublished).Backward();
        Assert.Contains(read, gradient => gradient != 0);
        // Nothing of it is left in the adversary's own gradients.
        Assert.All(adversary.Parameters, parameter => Assert.Null(parameter.Grad));
        Assert.Equal(read.Select(gradient => -gradient), hidden);
    }

    // At logits ±10, right and sure, the published loss has a slope of σ(−10) = 0.000045, confusion one of ½ − 0.000045; at 0 confusion has none.
    [Fact]
    public void Confusion_is_steep_where_the_adversary_is_sure_and_level_where_it_guesses()
    {
        using var scope = new TensorScope();
        var y = Tensor.From([1f, 0f], 2, 1);
        Assert.Equal(4.54e-5, Slope([10f, -10f], HidingLoss.AsPublished), 1e-7);
        Assert.Equal(0.5 - 4.54e-5, Slope([10f, -10f], HidingLoss.Confusion), 1e-5);
        Assert.Equal(0, Slope([0f, 0f], HidingLoss.Confusion), 1e-7);

        double Slope(float[] values, HidingLoss hiding)
        {
            var logits = Tensor.From(values, 2, 1);
            logits.RequiresGrad = true;
            return 64 * Autograd.Grad([Means.Hidden(logits, y, hiding)], [logits])[0]!.Abs().Sum().Item<float>();
        }
    }

    [Theory]
    [InlineData(BetaPath.ToDecoder, AttributeTrunk.Shared, true, false)]
    [InlineData(BetaPath.ToDecoder, AttributeTrunk.Own, true, false)]
    [InlineData(BetaPath.AsPublished, AttributeTrunk.Shared, false, true)]
    [InlineData(BetaPath.AsPublished, AttributeTrunk.Own, false, true)]
    public void The_attribute_of_a_reconstruction_teaches_the_decoder_or_as_published_the_head_alone(BetaPath path, AttributeTrunk trunk, bool teachesDecoder, bool teachesHead)
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(4);
        var shape = new ImageShape(1, 28, 28);
        using var encoder = new AttributeEncoder(shape, 4, 3, trunk);
        using var decoder = ConvolutionalCoder.Decoder(shape, 4, 4, normalized: true);
        var y = Tensor.From([1f, 0f], 2, 1);
        var image = decoder.Forward(Tensor.Cat([Tensor.RandN([2, 3]), y], 1));
        // Attached so that a loss with no way to any parameter can still be differentiated.
        var loss = Means.Attribute(IfcVaeGan.AttributeOf(encoder, image, path), y) + (0 * image.Sum());
        loss.Backward();
        Assert.Equal(teachesDecoder, decoder.Parameters.Any(p => p.Grad!.Abs().Max().Item<float>() > 0));
        Assert.Equal(teachesHead, encoder.Parameters.Any(p => p.Grad is { } g && g.Abs().Max().Item<float>() > 0));
        Assert.All(encoder.Parameters, p => Assert.True(p.RequiresGrad));
    }

    [Fact]
    public void With_a_trunk_of_its_own_the_attribute_teaches_that_trunk_and_its_head_and_the_codes_nothing()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(5);
        using var encoder = new AttributeEncoder(new ImageShape(1, 28, 28), 4, 3, AttributeTrunk.Own);
        Means.Attribute(encoder.Encode(Tensor.Rand([2, 1, 28, 28])).Attribute, Tensor.Ones([2, 1])).Backward();
        var taught = encoder.NamedParameters.Where(p => p.Value.Grad is not null).Select(p => p.Key.Split('.')[0]).Distinct();
        Assert.Equal(["attributeTrunk", "attribute"], taught);
        Assert.All(encoder.NamedParameters.Where(p => p.Key.StartsWith("attribute", StringComparison.Ordinal)), p => Assert.NotNull(p.Value.Grad));
    }

    [Fact]
    public void The_attribute_head_reads_detached_features_of_images()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(5);
        using var encoder = new AttributeEncoder(new ImageShape(1, 28, 28), 4, 3);
        var logits = encoder.Encode(Tensor.Rand([2, 1, 28, 28])).Attribute;
        Means.Attribute(logits, Tensor.Ones([2, 1])).Backward();
        var taught = encoder.NamedParameters.Where(p => p.Value.Grad is not null).Select(p => p.Key);
        Assert.Equal(["attribute.weight", "attribute.bias"], taught);
    }
}
