using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Classification;

/// <summary>A U-Net that asks what pairs of images and masks are worth: trained on synthetic or real ones, tested on real ones.</summary>
/// <remarks>
/// Loss: binary cross-entropy + 1 − Dice, Dice being 2 Σ p m / (Σ p + Σ m) over the batch. A squared error would be content with the background
/// where structures are thin. Images are mirrored by chance, alike for every training set.
/// </remarks>
public sealed class Segmenter : IFeatureExtractor, IDisposable
{
    private const int EvaluationBatch = 100;
    private const int StepsBetweenCheckpoints = 200;

    private readonly Device device = TorchRuntime.DefaultDevice;
    private readonly SegmentationNetwork network;

    private Segmenter(string name, ImageShape shape, SegmenterOptions options, ulong seed)
    {
        Name = name;
        TorchRuntime.ManualSeed(Seed.Derive(seed, "initialization"));
        network = new SegmentationNetwork(shape.WithoutMask, options.Width);
        network.To(device);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Trains one; continues from the checkpoint in the context's directory if there is one.</summary>
    /// <param name="name">Its name as a feature extractor.</param>
    /// <param name="pairs">Images with masks.</param>
    /// <param name="options">Network and training.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <exception cref="InputException">The images have no masks, or their size is no multiple of 8.</exception>
    public static Segmenter Train(string name, ImageSet pairs, SegmenterOptions options, FitContext context)
    {
        if (!pairs.Shape.HasMask) throw new InputException($"a network that segments needs masks, and images of {pairs.Shape} have none");
        var segmenter = new Segmenter(name, pairs.Shape, options, context.Seed);
        segmenter.Fit(pairs, options, context);
        return segmenter;
    }

    /// <summary>Probability of foreground of every pixel, [N, H, W].</summary>
    /// <param name="images">Images, with or without masks, which are not looked at.</param>
    public float[] Probabilities(ImageSet images) => InBatches(images, x => network.Forward(x).Sigmoid());

    /// <summary>Tests it on real pairs: F1 and more, with intervals over their groups.</summary>
    /// <param name="test">Images with masks.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public IReadOnlyList<Metric> Evaluate(ImageSet test, ulong seed) => SegmentationMetrics.Evaluate(Probabilities(test), test, Seed.Derive(seed, "bootstrap"));

    /// <inheritdoc/>
    public FeatureMatrix Extract(ImageSet images) => new(InBatches(images, network.Describe), images.Count, (int)network.Features);

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();

    /// <summary>Binary cross-entropy + 1 − Dice.</summary>
    /// <param name="logits">[B, 1, H, W].</param>
    /// <param name="masks">[B, 1, H, W], 0 or 1.</param>
    internal static Tensor Loss(Tensor logits, Tensor masks)
    {
        var p = logits.Sigmoid();
        // One pixel more above and below: empty masks, rightly left empty, have a Dice of 1.
        var dice = ((p * masks).Sum() * 2 + 1) / (p.Sum() + masks.Sum() + 1);
        return F.BinaryCrossEntropyWithLogits(logits, masks) + (1 - dice);
    }

    private void Fit(ImageSet pairs, SegmenterOptions options, FitContext context)
    {
        using var data = new ImageTensors(pairs, PixelRange.Unit, device);
        using var optimizer = new Adam(network.Parameters, options.LearningRate);
        var sampler = new BatchSampler(pairs.Count, options.BatchSize, Seed.Derive(context.Seed, "batches"));
        var channels = pairs.Shape.WithoutMask.Channels;
        network.Train();
        new TrainingLoop
        {
            Name = ("segmentation", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.Steps,
            CheckpointEvery = StepsBetweenCheckpoints,
            Seed = context.Seed,
            LossNames = ["crossEntropyAndDice"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["network"] = network.State },
                new Dictionary<string, Optimizer> { ["optimizer"] = optimizer }),
            Step = step =>
            {
                optimizer.LearningRate = options.LearningRate * LearningRateFactor.Cosine(options.Steps)(step);
                var batch = Mirrored(data.Batch(sampler.Batch(step)).Images); // [B, C + 1, H, W]
                var loss = Loss(network.Forward(Shaded(Signed(batch.Narrow(1, 0, channels)), options.Shade)), batch.Narrow(1, channels, 1));
                optimizer.ZeroGrad();
                loss.Backward();
                optimizer.Step();
                return [loss.Item<float>()];
            },
        }.Run(context.Progress, context.Cancellation);
    }

    /// <summary>Half of the batches left for right.</summary>
    private static Tensor Mirrored(Tensor batch) => Tensor.Rand([1]).Item<float>() < 0.5 ? batch.Flip(3) : batch;

    /// <summary>Each image in a contrast and a brightness of its own.</summary>
    private static Tensor Shaded(Tensor x, double shade)
    {
        if (shade == 0) return x;
        Tensor Chance() => ((Tensor.Rand([x.Size(0), 1, 1, 1], device: x.Device) * 2) - 1) * shade;
        return x * (1 + Chance()) + Chance();
    }

    private static Tensor Signed(Tensor unit) => (unit * 2) - 1;

    private float[] InBatches(ImageSet images, Func<Tensor, Tensor> forward)
    {
        using var data = new ImageTensors(images.Shape.HasMask ? ImagePairs.Images(images) : images, PixelRange.Unit, device);
        using var noGrad = Autograd.NoGrad();
        network.Eval();
        var rows = new List<float>();
        for (var start = 0; start < images.Count; start += EvaluationBatch)
        {
            using var scope = new TensorScope();
            rows.AddRange(forward(Signed(data.Images(start, Math.Min(EvaluationBatch, images.Count - start)))).ToArray<float>());
        }
        return [.. rows];
    }
}
