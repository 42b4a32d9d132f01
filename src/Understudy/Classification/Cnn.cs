using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Classification;

/// <summary>3×3 convolutions with batch norm that halve the image to at most 8×8, a layer of features, a layer of logits.</summary>
public sealed class Cnn : Module
{
    /// <summary>D: length of the feature vector.</summary>
    public const int FeatureCount = 128;

    private const int LargestMap = 8;
    private const int FirstWidth = 32;
    private const int LastWidth = 128;
    private const double DropProbability = 0.3;

    private readonly Module trunk;
    private readonly Module head;

    /// <summary>Builds one for images of any size.</summary>
    public Cnn(ImageShape shape, int classes)
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
        layers.AddRange([new Flatten(), new Linear((long)channels * height * width, FeatureCount), new ReLU()]);
        trunk = AddModule("trunk", new Sequential([.. layers]));
        head = AddModule("head", new Sequential(new Dropout(DropProbability), new Linear(FeatureCount, classes)));

        void Add(int inputs, int outputs, int stride) => layers.AddRange(
            [new Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false), new BatchNorm2d(outputs), new ReLU()]);
    }

    /// <summary>[B, C, H, W] → logits [B, K].</summary>
    public override Tensor Forward(Tensor x) => head.Forward(trunk.Forward(x));

    /// <summary>[B, C, H, W] → features [B, D].</summary>
    public Tensor Features(Tensor x) => trunk.Forward(x);
}
