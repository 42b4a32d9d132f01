using Understudy.Data;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>The convolutions of encoders from images to codes, and of decoders back.</summary>
/// <remarks>Those of Creswell's programs for 64×64: 5×5 convolutions of stride 2 and 64 to 512 channels without normalisation; the decoder doubles as often.</remarks>
internal static class ConvolutionalCoder
{
    private const int Kernel = 5;

    /// <summary>[B, C, H, W] → features [B, D]; widths double from layer to layer.</summary>
    /// <param name="shape">28×28, 32×32 or 64×64.</param>
    /// <param name="width">f: channels of the first layer.</param>
    /// <param name="features">D.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public static Sequential Trunk(ImageShape shape, int width, out long features)
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

    /// <summary>[B, inputs] → [B, C, H, W] in [0, 1]; its first part ends in logits.</summary>
    /// <param name="shape">28×28, 32×32 or 64×64.</param>
    /// <param name="width">f: channels of the last hidden layer.</param>
    /// <param name="inputs">Numbers in a code and what is joined to it.</param>
    /// <param name="normalized">Whether batch norm follows the hidden transposed convolutions.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public static Sequential Decoder(ImageShape shape, int width, int inputs, bool normalized)
    {
        var doublings = Backbone.Doublings(shape);
        var (height, length, channels) = (shape.Height >> doublings, shape.Width >> doublings, (long)width << (doublings - 1));
        var layers = new List<Module> { new Linear(inputs, channels * height * length), new ReLU(), new Reshape(channels, height, length) };
        for (var i = 1; i < doublings; i++, channels /= 2)
        {
            layers.Add(new ConvTranspose2d(channels, channels / 2, 4, stride: 2, padding: 1)); // [B, D, h, w] → [B, D/2, 2h, 2w]
            if (normalized) layers.Add(new BatchNorm2d(channels / 2));
            layers.Add(new ReLU());
        }
        layers.Add(new ConvTranspose2d(channels, shape.Channels, 4, stride: 2, padding: 1));
        return new Sequential(new Sequential([.. layers]), new Sigmoid());
    }
}
