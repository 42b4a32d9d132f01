using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Attributes;

/// <summary>5×5 convolutions of stride 2 without normalisation, and three heads: μ, the logarithm of the variance, the attribute.</summary>
internal sealed class AttributeEncoder : Module
{
    private const int Kernel = 5;

    private readonly Module trunk;
    private readonly Module mean;
    private readonly Module logVariance;
    private readonly Module attribute;

    public AttributeEncoder(ImageShape shape, int width, int latentSize)
    {
        trunk = AddModule("trunk", Trunk(shape, width, out var features));
        mean = AddModule("mean", new Linear(features, latentSize));
        logVariance = AddModule("logVariance", new Linear(features, latentSize));
        attribute = AddModule("attribute", new Linear(features, 1));
    }

    /// <summary>[B, C, H, W] → μ and log σ² [B, nz] and the attribute's logit [B, 1], which teaches nothing but its own head.</summary>
    public (Tensor Mean, Tensor LogVariance, Tensor Attribute) Encode(Tensor x)
    {
        var features = trunk.Forward(x);
        return (mean.Forward(features), logVariance.Forward(features), attribute.Forward(features.Detach()));
    }

    /// <summary>The attribute's logit [B, 1] of an image that it is to teach.</summary>
    /// <param name="x">[B, C, H, W].</param>
    /// <param name="isDetached">Whether the features are detached, so that nothing reaches x.</param>
    public Tensor Attribute(Tensor x, bool isDetached)
    {
        var features = trunk.Forward(x);
        return attribute.Forward(isDetached ? features.Detach() : features);
    }

    /// <summary>The discriminator of images, of the encoder's shape: [B, C, H, W] → logits [B, 1].</summary>
    public static Sequential Discriminator(ImageShape shape, int width)
    {
        var convolutions = Trunk(shape, width, out var features);
        return new Sequential(convolutions, new Linear(features, 1));
    }

    /// <summary>Dec: [z, y] [B, nz + 1] → [B, C, H, W] in [0, 1]; its first part ends in logits.</summary>
    public static Sequential Decoder(ImageShape shape, int width, int latentSize)
    {
        var doublings = Backbone.Doublings(shape);
        var (height, length, channels) = (shape.Height >> doublings, shape.Width >> doublings, (long)width << (doublings - 1));
        var layers = new List<Module> { new Linear(latentSize + 1, channels * height * length), new ReLU(), new Reshape(channels, height, length) };
        for (var i = 1; i < doublings; i++, channels /= 2)
        {
            layers.Add(new ConvTranspose2d(channels, channels / 2, 4, stride: 2, padding: 1)); // [B, D, h, w] → [B, D/2, 2h, 2w]
            layers.Add(new BatchNorm2d(channels / 2));
            layers.Add(new ReLU());
        }
        layers.Add(new ConvTranspose2d(channels, shape.Channels, 4, stride: 2, padding: 1));
        return new Sequential(new Sequential([.. layers]), new Sigmoid());
    }

    private static Sequential Trunk(ImageShape shape, int width, out long features)
    {
        var halvings = Backbone.Doublings(shape);
        var layers = new List<Module>();
        long input = shape.Channels, output = width;
        for (var i = 0; i < halvings; i++, input = output, output *= 2)
            layers.AddRange([new Conv2d(input, output, Kernel, stride: 2, padding: Kernel / 2), new ReLU()]); // [B, C, h, w] → [B, D, h/2, w/2]
        layers.Add(new Flatten());
        features = input * (shape.Height >> halvings) * (shape.Width >> halvings);
        return new Sequential([.. layers]);
    }
}
