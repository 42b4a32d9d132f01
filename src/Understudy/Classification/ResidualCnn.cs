using Understudy.Torch;
using Understudy.Torch.Modules;
using F = Understudy.Torch.Functional;

namespace Understudy.Classification;

/// <summary>A small residual network: a convolution that halves the image, three blocks of 32, 64 and 128 channels of which the last two halve it again, the mean over places.</summary>
/// <remarks>He, Zhang, Ren, Sun, "Identity mappings in deep residual networks", ECCV 2016, 1603.05027.</remarks>
public sealed class ResidualCnn : Module
{
    private const int FirstWidth = 32;
    private const int LastWidth = 128;

    private readonly Sequential body;

    /// <summary>Builds one for images of any size.</summary>
    /// <param name="channels">C.</param>
    /// <param name="classes">K.</param>
    public ResidualCnn(int channels, int classes) => body = AddModule("body", new Sequential(
        new Conv2d(channels, FirstWidth, 3, stride: 2, padding: 1, bias: false), // [B, 32, H/2, W/2]
        new Block(FirstWidth, FirstWidth, 1),
        new Block(FirstWidth, 2 * FirstWidth, 2), // [B, 64, H/4, W/4]
        new Block(2 * FirstWidth, LastWidth, 2), // [B, 128, H/8, W/8]
        new BatchNorm2d(LastWidth), new ReLU(), new AdaptiveAvgPool2d(), new Flatten(), new Linear(LastWidth, classes)));

    /// <summary>[B, C, H, W] → logits [B, K].</summary>
    public override Tensor Forward(Tensor x) => body.Forward(x);

    private sealed class Block : Module
    {
        private readonly BatchNorm2d normIn;
        private readonly Conv2d convIn;
        private readonly BatchNorm2d normOut;
        private readonly Conv2d convOut;
        private readonly Conv2d? shortcut;

        public Block(int inputs, int outputs, int stride)
        {
            normIn = AddModule("norm1", new BatchNorm2d(inputs));
            convIn = AddModule("conv1", new Conv2d(inputs, outputs, 3, stride, padding: 1, bias: false));
            normOut = AddModule("norm2", new BatchNorm2d(outputs));
            convOut = AddModule("conv2", new Conv2d(outputs, outputs, 3, padding: 1, bias: false));
            if (inputs != outputs || stride != 1) shortcut = AddModule("shortcut", new Conv2d(inputs, outputs, 1, stride, bias: false));
        }

        public override Tensor Forward(Tensor x)
        {
            var h = F.Relu(normIn.Forward(x));
            var y = convOut.Forward(F.Relu(normOut.Forward(convIn.Forward(h))));
            return y + (shortcut is null ? x : shortcut.Forward(h));
        }
    }
}
