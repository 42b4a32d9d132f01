using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Denoising;

/// <summary>An encoder of 5×5 convolutions of stride 2 with two heads, a code and a class; and the decoder that takes both.</summary>
internal sealed class LabellingAutoencoder : Module
{
    private const int Kernel = 5;

    private readonly Module trunk;
    private readonly Module codeHead;
    private readonly Module classHead;

    public LabellingAutoencoder(ImageShape shape, int width, int latentSize, int classes)
    {
        var halvings = Backbone.Doublings(shape);
        var layers = new List<Module>();
        long input = shape.Channels, output = width;
        for (var i = 0; i < halvings; i++, input = output, output *= 2)
            layers.AddRange([new Conv2d(input, output, Kernel, stride: 2, padding: Kernel / 2), new ReLU()]); // [B, C, h, w] → [B, D, h/2, w/2]
        layers.Add(new Flatten());
        var features = input * (shape.Height >> halvings) * (shape.Width >> halvings);
        trunk = AddModule("trunk", new Sequential([.. layers]));
        codeHead = AddModule("code", new Linear(features, latentSize));
        classHead = AddModule("class", new Linear(features, classes));
    }

    /// <summary>[B, C, H, W] → class logits [B, K].</summary>
    public override Tensor Forward(Tensor x) => classHead.Forward(trunk.Forward(x));

    /// <summary>[B, C, H, W] → z [B, nz] and class logits [B, K].</summary>
    public (Tensor Z, Tensor Logits) Encode(Tensor x)
    {
        var features = trunk.Forward(x);
        return (codeHead.Forward(features), classHead.Forward(features));
    }

    /// <summary>Dec: [z, y] [B, nz + K] → [B, C, H, W] in [0, 1]; its first part ends in logits.</summary>
    public static Sequential Decoder(ImageShape shape, int width, int inputs)
    {
        var doublings = Backbone.Doublings(shape);
        var (height, length, channels) = (shape.Height >> doublings, shape.Width >> doublings, (long)width << (doublings - 1));
        var layers = new List<Module> { new Linear(inputs, channels * height * length), new ReLU(), new Reshape(channels, height, length) };
        for (var i = 1; i < doublings; i++, channels /= 2)
            layers.AddRange([new ConvTranspose2d(channels, channels / 2, 4, stride: 2, padding: 1), new ReLU()]); // [B, D, h, w] → [B, D/2, 2h, 2w]
        layers.Add(new ConvTranspose2d(channels, shape.Channels, 4, stride: 2, padding: 1));
        return new Sequential(new Sequential([.. layers]), new Sigmoid());
    }
}
