using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Classification;

/// <summary>Tells whom an image shows: one output for each identity among the images it was trained on.</summary>
/// <remarks>
/// PLAN walks away from what one such classifier knows; another, of another network and seed, says afterwards whether that helped. It is made of
/// private images and is never released.
/// </remarks>
public sealed class IdentityClassifier : IDisposable
{
    private const int EvaluationBatch = 500;
    private const int StepsBetweenCheckpoints = 500;
    private const int RecentBatches = 20;

    // No dropout, which would keep a network from learning single images.
    private static readonly ResidualLayout Layout = new(Stem: 32, StemStride: 2, Widths: [32, 64, 128], Blocks: 1, Inner: 0, Cardinality: 1, DropProbability: 0);

    private readonly Device device = TorchRuntime.DefaultDevice;
    private readonly Module network;

    private IdentityClassifier(ImageShape shape, int count, IdentityNetwork kind, ulong seed)
    {
        Count = count;
        TorchRuntime.ManualSeed(Seed.Derive(seed, "initialization"));
        network = kind == IdentityNetwork.Residual ? new ResidualNetwork(Layout, shape.Channels, count) : new Cnn(shape, count, Normalization.Group);
        network.To(device);
    }

    /// <summary>N: identities it tells apart.</summary>
    public int Count { get; }

    /// <summary>Share of the training images that it recognised lately, augmented as they were.</summary>
    public double TrainingAccuracy { get; private set; }

    /// <summary>The identity of each image as a number from 0 on: that of its group, or its own where there are no groups.</summary>
    public static int[] Identities(ImageSet images)
    {
        if (images.Groups is not { } groups) return [.. Enumerable.Range(0, images.Count)];
        var numbers = new Dictionary<string, int>();
        return Array.ConvertAll(groups, group => numbers.TryGetValue(group, out var number) ? number : numbers[group] = numbers.Count);
    }

    /// <summary>Trains one; continues from the checkpoint in the context's directory if there is one.</summary>
    /// <param name="images">Images, of which those of one group show one identity.</param>
    /// <param name="kind">Which network.</param>
    /// <param name="options">The training.</param>
    /// <param name="context">Where and how it runs.</param>
    public static IdentityClassifier Train(ImageSet images, IdentityNetwork kind, IdentityOptions options, FitContext context)
    {
        var identities = Identities(images);
        var classifier = new IdentityClassifier(images.Shape, identities.Max() + 1, kind, context.Seed);
        classifier.Fit(images, identities, options, context);
        return classifier;
    }

    /// <summary>Logits [B, N] of images [B, C, H, W] in [-1, 1], through which gradients flow to the images and not to the weights.</summary>
    public Tensor Logits(Tensor x) => network.Forward(x);

    /// <summary>The most likely identity of every image, [M].</summary>
    public int[] Recognise(ImageSet images)
    {
        using var data = new ImageTensors(images, PixelRange.SignedUnit, device);
        using var noGrad = Autograd.NoGrad();
        var recognised = new List<int>();
        for (var start = 0; start < images.Count; start += EvaluationBatch)
        {
            using var scope = new TensorScope();
            var logits = Logits(data.Images(start, Math.Min(EvaluationBatch, images.Count - start)));
            recognised.AddRange(logits.ArgMax(1).ToArray<long>().Select(identity => (int)identity));
        }
        return [.. recognised];
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();

    private void Fit(ImageSet images, int[] identities, IdentityOptions options, FitContext context)
    {
        using var data = new ImageTensors(images, PixelRange.SignedUnit, device);
        using var optimizer = new Adam(network.Parameters, options.LearningRate);
        var sampler = new BatchSampler(images.Count, options.BatchSize, Seed.Derive(context.Seed, "batches"));
        var recent = new Queue<float>();
        network.Train();
        new TrainingLoop
        {
            Name = ("identity", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.Steps,
            CheckpointEvery = StepsBetweenCheckpoints,
            Seed = context.Seed,
            LossNames = ["crossEntropy", "accuracy"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["network"] = network.State },
                new Dictionary<string, Optimizer> { ["optimizer"] = optimizer }),
            Step = step =>
            {
                var batch = sampler.Batch(step).ToArray();
                var y = Tensor.From(Array.ConvertAll(batch, i => (long)identities[i])).To(device);
                var logits = network.Forward(Augmentation.Apply(data.Batch(batch).Images)); // [B, N]
                var loss = F.CrossEntropy(logits, y);
                optimizer.ZeroGrad();
                loss.Backward();
                optimizer.Step();
                return [loss.Item<float>(), logits.ArgMax(1).Eq(y).To(DType.Float32).Mean().Item<float>()];
            },
            StopWhen = losses =>
            {
                recent.Enqueue(losses[1]);
                if (recent.Count > RecentBatches) recent.Dequeue();
                TrainingAccuracy = recent.Average();
                return recent.Count == RecentBatches && TrainingAccuracy > options.Accuracy;
            },
        }.Run(context.Progress, context.Cancellation);
        network.Eval();
        network.Freeze();
    }
}
