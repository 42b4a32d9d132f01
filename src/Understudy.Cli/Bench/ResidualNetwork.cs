using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Cli.Bench;

/// <summary>A pre-activation residual network with group normalisation (He et al. 2016, 1603.05027; Wu and He 2018): [B, 3, H, W] to [B, classes].</summary>
internal sealed class ResidualNetwork : Module
{
    private const int Groups = 8;

    private readonly Sequential body;

    public ResidualNetwork(long classes) => body = AddModule("body", new Sequential(
        new Conv2d(3, 32, 3, padding: 1, bias: false),
        new Block(32, 32, 1), // [B, 32, H, W]
        new Block(32, 64, 2), // [B, 64, H/2, W/2]
        new Block(64, 128, 2), // [B, 128, H/4, W/4]
        new GroupNorm(Groups, 128), new ReLU(), new AdaptiveAvgPool2d(), new Flatten(), new Linear(128, classes)));

    public override Tensor Forward(Tensor x) => body.Forward(x);

    private sealed class Block : Module
    {
        private readonly GroupNorm normIn;
        private readonly Conv2d convIn;
        private readonly GroupNorm normOut;
        private readonly Conv2d convOut;
        private readonly Conv2d? shortcut;

        public Block(long inputs, long outputs, long stride)
        {
            normIn = AddModule("norm1", new GroupNorm(Groups, inputs));
            convIn = AddModule("conv1", new Conv2d(inputs, outputs, 3, stride, padding: 1, bias: false));
            normOut = AddModule("norm2", new GroupNorm(Groups, outputs));
            convOut = AddModule("conv2", new Conv2d(outputs, outputs, 3, padding: 1, bias: false));
            if (inputs != outputs || stride != 1) shortcut = AddModule("shortcut", new Conv2d(inputs, outputs, 1, stride, bias: false));
        }

        public override Tensor Forward(Tensor x)
        {
            var h = Functional.Relu(normIn.Forward(x));
            var y = convOut.Forward(Functional.Relu(normOut.Forward(convIn.Forward(h))));
            return y + (shortcut is null ? x : shortcut.Forward(h));
        }
    }
}
