using Understudy.Torch;
using Understudy.Torch.Initialization;
using Understudy.Torch.Modules;

namespace Understudy.Classification;

/// <summary>A residual network: three stages of blocks, a mean over places, a layer of logits.</summary>
/// <remarks>
/// All blocks in the pre-activation form of He et al., ECCV 2016, 1603.05027: normalise, ReLU, convolve. Group norm of 16 groups for private
/// training, without dropout, as in De et al., 2022, 2204.13650.
/// </remarks>
public sealed class ResidualNetwork : FeatureNetwork
{
    private const int Groups = 16;

    private readonly Sequential trunk;

    /// <summary>Builds one for images of any size.</summary>
    /// <param name="layout">Its numbers.</param>
    /// <param name="channels">Of an image.</param>
    /// <param name="classes">K.</param>
    /// <param name="normalization">What goes before each convolution.</param>
    public ResidualNetwork(ResidualLayout layout, int channels, int classes, Normalization normalization = Normalization.Batch)
    {
        var parts = new List<Module> { new Conv2d(channels, layout.Stem, 3, layout.StemStride, padding: 1, bias: false) };
        var inputs = layout.Stem;
        foreach (var (stage, width) in layout.Widths.Index())
        {
            for (var block = 0; block < layout.Blocks; block++)
            {
                parts.Add(new Block(inputs, width, stage > 0 && block == 0 ? 2 : 1, layout, normalization));
                inputs = width;
            }
        }
        trunk = AddModule("trunk", new Sequential([.. parts, Norm(inputs, normalization), new ReLU(), new AdaptiveAvgPool2d(), new Flatten()]));
        FeatureCount = inputs;
        Head = AddModule("head", new Linear(inputs, classes));
        Apply(static part =>
        {
            if (part is Conv2d convolution) Initializers.KaimingNormal(convolution.Weight);
        });
    }

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    protected override Module Head { get; }

    /// <inheritdoc/>
    public override Tensor Features(Tensor x) => trunk.Forward(x);

    private static Module Norm(int channels, Normalization normalization) =>
        normalization == Normalization.Batch ? new BatchNorm2d(channels) : new GroupNorm(Groups, channels);

    /// <summary>x + f(h), h = ReLU(norm(x)); where shapes change, a 1×1 convolution of h in place of x.</summary>
    private sealed class Block : Module
    {
        private readonly Sequential activation;
        private readonly Sequential residual;
        private readonly Conv2d? shortcut;

        public Block(int inputs, int outputs, int stride, ResidualLayout layout, Normalization normalization)
        {
            activation = AddModule("activation", new Sequential(Norm(inputs, normalization), new ReLU()));
            residual = AddModule("residual", layout.Inner > 0 ? Bottleneck() : Basic());
            if (inputs != outputs || stride != 1) shortcut = AddModule("shortcut", new Conv2d(inputs, outputs, 1, stride, bias: false));

            Sequential Basic() => new(
            [
                new Conv2d(inputs, outputs, 3, stride, padding: 1, bias: false),
                Norm(outputs, normalization), new ReLU(),
                .. layout.DropProbability > 0 && normalization == Normalization.Batch ? new Module[] { new Dropout(layout.DropProbability) } : [],
                new Conv2d(outputs, outputs, 3, padding: 1, bias: false),
            ]);

            Sequential Bottleneck()
            {
                var inner = (int)(outputs * layout.Inner);
                return new(
                    new Conv2d(inputs, inner, 1, bias: false),
                    Norm(inner, normalization), new ReLU(),
                    new Conv2d(inner, inner, 3, stride, padding: 1, groups: layout.Cardinality, bias: false),
                    Norm(inner, normalization), new ReLU(),
                    new Conv2d(inner, outputs, 1, bias: false));
            }
        }

        public override Tensor Forward(Tensor x)
        {
            var h = activation.Forward(x);
            return residual.Forward(h) + (shortcut is null ? x : shortcut.Forward(h));
        }
    }
}
