using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Attributes;

/// <summary>5×5 convolutions of stride 2 without normalisation, and three heads: μ, the logarithm of the variance, the attribute.</summary>
internal sealed class AttributeEncoder : Module
{
    private readonly Module trunk;
    private readonly Module? own; // the attribute's
    private readonly Module mean;
    private readonly Module logVariance;
    private readonly Module attribute;

    public AttributeEncoder(ImageShape shape, int width, int latentSize, AttributeTrunk attributeTrunk = AttributeTrunk.Shared)
    {
        trunk = AddModule("trunk", ConvolutionalCoder.Trunk(shape, width, out var features));
        mean = AddModule("mean", new Linear(features, latentSize));
        logVariance = AddModule("logVariance", new Linear(features, latentSize));
        own = attributeTrunk == AttributeTrunk.Own ? AddModule("attributeTrunk", ConvolutionalCoder.Trunk(shape, width, out _)) : null;
        attribute = AddModule("attribute", new Linear(features, 1));
    }

    /// <summary>[B, C, H, W] → μ and log σ² [B, nz] and the attribute's logit [B, 1], which teaches nothing but its own head, and its own trunk where it has one.</summary>
    public (Tensor Mean, Tensor LogVariance, Tensor Attribute) Encode(Tensor x)
    {
        var features = trunk.Forward(x);
        return (mean.Forward(features), logVariance.Forward(features), attribute.Forward(own?.Forward(x) ?? features.Detach()));
    }

    /// <summary>The attribute's logit [B, 1] of an image that it is to teach.</summary>
    /// <param name="x">[B, C, H, W].</param>
    /// <param name="isDetached">Whether the features are detached, so that nothing reaches x.</param>
    public Tensor Attribute(Tensor x, bool isDetached)
    {
        var features = (own ?? trunk).Forward(x);
        return attribute.Forward(isDetached ? features.Detach() : features);
    }

    /// <summary>The discriminator of images, of the encoder's shape: [B, C, H, W] → logits [B, 1].</summary>
    public static Sequential Discriminator(ImageShape shape, int width)
    {
        var convolutions = ConvolutionalCoder.Trunk(shape, width, out var features);
        return new Sequential(convolutions, new Linear(features, 1));
    }
}
