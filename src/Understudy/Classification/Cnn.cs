using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Classification;

/// <summary>3×3 convolutions, normalised, that halve the image to at most 8×8, a layer of features, a layer of logits.</summary>
/// <remarks>Group norm for private training, in 16 groups, as in De et al., 2022, 2204.13650; dropout goes with batch norm, since noise keeps a private network from overfitting.</remarks>
public sealed class Cnn : FeatureNetwork
{
    private const int Width = 128;
    private const int LargestMap = 8;
    private const int FirstWidth = 32;
    private const int LastWidth = 128;
    private const int Groups = 16;
    private const double DropProbability = 0.3;

    private readonly Module trunk;

    /// <summary>Builds one for images of any size.</summary>
    /// <param name="shape">Of an image.</param>
    /// <param name="classes">K.</param>
    /// <param name="normalization">What follows each convolution.</param>
    public Cnn(ImageShape shape, int classes, Normalization normalization = Normalization.Batch)
    {
        var layers = new List<Module>();
        Add(shape.Channels, FirstWidth, stride: 1);
        var (height, width, channels) = (shape.Height, shape.Width, FirstWidth);
        while (Math.Max(height, width) > LargestMap)
        {
            var next = Math.Min(2 * channels, LastWidth);
            Add(channels, next, stride: 2);
            (height, width, channels) = ((height + 1) / 2, (width + 1) / 2, next);
        }
        layers.AddRange([new Flatten(), new Linear((long)channels * height * width, Width), new ReLU()]);
        trunk = AddModule("trunk", new Sequential([.. layers]));
        Head = AddModule("head", HeadOf(Width, classes, normalization, DropProbability));

        void Add(int inputs, int outputs, int stride) => layers.AddRange(
            [
                new Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false),
                normalization == Normalization.Batch ? new BatchNorm2d(outputs) : new GroupNorm(Groups, outputs),
                new ReLU(),
            ]);
    }

    /// <inheritdoc/>
    public override int FeatureCount => Width;

    /// <inheritdoc/>
    protected override Module Head { get; }

    /// <inheritdoc/>
    public override Tensor Features(Tensor x) => trunk.Forward(x);
}
