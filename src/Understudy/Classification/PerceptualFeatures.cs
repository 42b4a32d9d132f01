using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Classification;

/// <summary>Features whose squared Euclidean distance is a perceptual one: the layers of an autoencoder, each place of unit length, each layer a mean over places.</summary>
/// <remarks>
/// As LPIPS (Zhang, Isola, Efros, Shechtman, Wang, CVPR 2018, 1801.03924, equation 1) with every channel's weight 1, and with an autoencoder in the
/// place of a network trained on photographs. Its values compare only within one run: the name says which.
/// </remarks>
public sealed class PerceptualFeatures : IFeatureExtractor, IDisposable
{
    private const int FirstWidth = 16;
    private const int Layers = 3;
    private const int Steps = 400;
    private const int BatchSize = 64;
    private const int EvaluationBatch = 500;
    private const double LearningRate = 2e-3;
    private const double Slope = 0.2;
    private const double Epsilon = 1e-6;

    private readonly Device device = TorchRuntime.DefaultDevice;
    private readonly Autoencoder network;

    private PerceptualFeatures(string name, ImageShape shape, ulong seed)
    {
        Name = name;
        TorchRuntime.ManualSeed(Seed.Derive(seed, "initialization"));
        network = new Autoencoder(shape);
        network.To(device);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Trains the autoencoder on images that are neither private nor released; continues from the checkpoint in the context's directory if there is one.</summary>
    /// <param name="name">What stands in brackets after a distance's name.</param>
    /// <param name="images">The images.</param>
    /// <param name="context">Where and how it runs.</param>
    public static PerceptualFeatures Train(string name, ImageSet images, FitContext context)
    {
        var features = new PerceptualFeatures(name, images.Shape, context.Seed);
        features.Fit(images, context);
        return features;
    }

    /// <summary>Features of every image: [N, D], D the values of all layers together.</summary>
    public FeatureMatrix Extract(ImageSet images)
    {
        using var data = new ImageTensors(images, PixelRange.SignedUnit, device);
        using var noGrad = Autograd.NoGrad();
        var dimension = 0;
        var rows = new List<float[]>();
        for (var start = 0; start < images.Count; start += EvaluationBatch)
        {
            using var scope = new TensorScope();
            var layers = network.Encode(data.Images(start, Math.Min(EvaluationBatch, images.Count - start)));
            var features = Tensor.Cat([.. layers.Select(Unit)], 1); // [B, D]
            dimension = (int)features.Size(1);
            rows.Add(features.ToArray<float>());
        }
        return new FeatureMatrix([.. rows.SelectMany(row => row)], images.Count, dimension);
    }

    /// <summary>Mean over the images of the squared distance to the closest of others, as LPIPS is one: mmL, or mmD with these features.</summary>
    /// <param name="images">Features of M images.</param>
    /// <param name="others">Features of those they may be near to.</param>
    public static double MeanMinimum(FeatureMatrix images, FeatureMatrix others) => NearestNeighbours.Find(images, others).SquaredDistances.Average();

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();

    /// <summary>[B, C, h, w] → [B, C · h · w]: each place of length 1/√(hw).</summary>
    private static Tensor Unit(Tensor layer)
    {
        var length = (layer.Square().Sum([1], keepDim: true) + Epsilon).Sqrt();
        return (layer / length / Math.Sqrt(layer.Size(2) * layer.Size(3))).Flatten(1);
    }

    private void Fit(ImageSet images, FitContext context)
    {
        using var data = new ImageTensors(images, PixelRange.SignedUnit, device);
        using var optimizer = new Adam(network.Parameters, LearningRate);
        var sampler = new BatchSampler(images.Count, BatchSize, Seed.Derive(context.Seed, "batches"));
        new TrainingLoop
        {
            Name = ("perceptual distance", Name),
            Directory = context.Directory,
            Steps = Steps,
            CheckpointEvery = Steps,
            Seed = context.Seed,
            LossNames = ["squaredError"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["network"] = network.State },
                new Dictionary<string, Optimizer> { ["optimizer"] = optimizer }),
            Step = step =>
            {
                var x = data.Batch(sampler.Batch(step)).Images;
                var loss = F.MeanSquaredError(network.Forward(x), x);
                optimizer.ZeroGrad();
                loss.Backward();
                optimizer.Step();
                return [loss.Item<float>()];
            },
        }.Run(context.Progress, context.Cancellation);
    }

    /// <summary>Convolutions that halve the image three times, and as many that bring it back.</summary>
    private sealed class Autoencoder : Module
    {
        private readonly Conv2d[] down = new Conv2d[Layers];
        private readonly Conv2d[] up = new Conv2d[Layers];
        private readonly (int Height, int Width)[] sizes = new (int, int)[Layers];

        public Autoencoder(ImageShape shape)
        {
            var (channels, height, width) = shape;
            for (var i = 0; i < Layers; i++)
            {
                var wider = FirstWidth << i;
                sizes[i] = (height, width);
                down[i] = AddModule($"down{i}", new Conv2d(channels, wider, 3, stride: 2, padding: 1)); // [B, C, h, w] → [B, 2C, ⌈h/2⌉, ⌈w/2⌉]
                up[i] = AddModule($"up{i}", new Conv2d(wider, channels, 3, padding: 1));
                (channels, height, width) = (wider, (height + 1) / 2, (width + 1) / 2);
            }
        }

        public Tensor[] Encode(Tensor x)
        {
            var layers = new Tensor[Layers];
            for (var i = 0; i < Layers; i++) layers[i] = x = F.LeakyRelu(down[i].Forward(x), Slope);
            return layers;
        }

        public override Tensor Forward(Tensor x)
        {
            var y = Encode(x)[^1];
            for (var i = Layers - 1; i >= 0; i--)
            {
                y = up[i].Forward(F.ResizeLinear(y, sizes[i].Height, sizes[i].Width));
                y = i > 0 ? F.LeakyRelu(y, Slope) : y.Tanh();
            }
            return y;
        }
    }
}
