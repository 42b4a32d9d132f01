using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Classification;

/// <summary>The classifier that asks what data are worth: trained on synthetic or real images, tested on real ones.</summary>
/// <remarks>TSTR (train on synthetic, test on real) against TRTR (train on real, test on real): Esteban, Hyland, Rätsch, 2017, 1706.02633.</remarks>
public sealed class DownstreamClassifier : IFeatureExtractor, IDisposable
{
    private const int EvaluationBatch = 500;
    private const int StepsBetweenCheckpoints = 500;

    private readonly ClassifierOptions options;
    private readonly IReadOnlyList<string> classNames;
    private readonly Device device = TorchRuntime.DefaultDevice;
    private readonly Cnn network;

    private DownstreamClassifier(string name, ClassifierOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    {
        Name = name;
        this.options = options;
        this.classNames = classNames;
        network = new Cnn(shape, classNames.Count);
        network.To(device);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Trains one; continues from the checkpoint in the context's directory if there is one.</summary>
    /// <param name="name">Its name as a feature extractor: <c>cnn-DATA</c>.</param>
    /// <param name="training">Labelled images; every class should be among them.</param>
    /// <param name="options">Network and training.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <exception cref="InputException">The images have no labels.</exception>
    public static DownstreamClassifier Train(string name, ImageSet training, ClassifierOptions options, FitContext context)
    {
        if (training.Labels is null) throw new InputException("a classifier needs labels, and the images have none");
        TorchRuntime.ManualSeed(Seed.Derive(context.Seed, "initialization"));
        var classifier = new DownstreamClassifier(name, options, training.Shape, training.ClassNames);
        classifier.Fit(training, context);
        return classifier;
    }

    /// <summary>Class probabilities of every image, [N, K].</summary>
    public float[] Probabilities(ImageSet images) => InBatches(images, x => F.Softmax(network.Forward(x), 1));

    /// <inheritdoc/>
    public FeatureMatrix Extract(ImageSet images) => new(InBatches(images, network.Features), images.Count, Cnn.FeatureCount);

    /// <summary>Tests it on real images.</summary>
    /// <param name="test">Labelled images of the same classes.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public ClassifierResult Evaluate(ImageSet test, ulong seed)
    {
        var probabilities = Probabilities(test);
        return new ClassifierResult(ClassificationMetrics.Evaluate(probabilities, test.Labels, classNames, Seed.Derive(seed, "bootstrap")), probabilities);
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();

    private void Fit(ImageSet training, FitContext context)
    {
        using var data = new ImageTensors(training, PixelRange.SignedUnit, device);
        using var optimizer = new Adam(network.Parameters, options.LearningRate);
        var sampler = new BatchSampler(training.Count, options.BatchSize, Seed.Derive(context.Seed, "batches"));
        network.Train();
        new TrainingLoop
        {
            Name = ("classification", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.Steps,
            CheckpointEvery = StepsBetweenCheckpoints,
            Seed = context.Seed,
            LossNames = ["crossEntropy"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["network"] = network.State },
                new Dictionary<string, Optimizer> { ["optimizer"] = optimizer }),
            Step = step =>
            {
                optimizer.LearningRate = options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * step / options.Steps));
                var (x, y) = data.Batch(sampler.Batch(step));
                var loss = F.CrossEntropy(network.Forward(x), y!);
                optimizer.ZeroGrad();
                loss.Backward();
                optimizer.Step();
                return [loss.Item<float>()];
            },
        }.Run(context.Progress, context.Cancellation);
    }

    private float[] InBatches(ImageSet images, Func<Tensor, Tensor> forward)
    {
        using var data = new ImageTensors(images, PixelRange.SignedUnit, device);
        using var noGrad = Autograd.NoGrad();
        network.Eval();
        var rows = new List<float>();
        for (var start = 0; start < images.Count; start += EvaluationBatch)
        {
            using var scope = new TensorScope();
            rows.AddRange(forward(data.Images(start, Math.Min(EvaluationBatch, images.Count - start))).ToArray<float>());
        }
        return [.. rows];
    }
}
