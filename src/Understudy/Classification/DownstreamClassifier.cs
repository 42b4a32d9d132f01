using Understudy.Data;
using Understudy.Metrics;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;
using F = Understudy.Torch.Functional;

namespace Understudy.Classification;

/// <summary>The classifier that asks what data are worth: trained on synthetic or real images, tested on real ones.</summary>
/// <remarks>TSTR (train on synthetic, test on real) against TRTR (train on real, test on real): Esteban, Hyland, Rätsch, 2017, 1706.02633.</remarks>
public sealed class DownstreamClassifier : IFeatureExtractor, IDisposable
{
    private const int EvaluationBatch = 500;
    private const int StepsBetweenCheckpoints = 500;
    // Steps lost to a kill are paid for all the same.
    private const int PrivateStepsBetweenCheckpoints = 50;
    private const string PlanLabel = "classifier";

    private readonly IReadOnlyList<string> classNames;
    private readonly Device device = TorchRuntime.DefaultDevice;
    private readonly Cnn network;

    private DownstreamClassifier(string name, ImageShape shape, IReadOnlyList<string> classNames, Normalization normalization, ulong seed)
    {
        Name = name;
        this.classNames = classNames;
        TorchRuntime.ManualSeed(Seed.Derive(seed, "initialization"));
        network = new Cnn(shape, classNames.Count, normalization);
        network.To(device);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What a private training did to the records; null where it was not private.</summary>
    public PrivacyPlan? Plan { get; private set; }

    /// <summary>Trains one; continues from the checkpoint in the context's directory if there is one.</summary>
    /// <param name="name">Its name as a feature extractor: <c>cnn-DATA</c>.</param>
    /// <param name="training">Labelled images; every class should be among them.</param>
    /// <param name="options">Network and training.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <exception cref="InputException">The images have no labels.</exception>
    public static DownstreamClassifier Train(string name, ImageSet training, ClassifierOptions options, FitContext context)
    {
        if (training.Labels is null) throw new InputException("a classifier needs labels, and the images have none");
        var classifier = new DownstreamClassifier(name, training.Shape, training.ClassNames, Normalization.Batch, context.Seed);
        classifier.Fit(training, options, context);
        return classifier;
    }

    /// <summary>Trains one on private records by DP-SGD, which costs its ε; continues from the checkpoint in the context's directory if there is one.</summary>
    /// <param name="name">Its name as a feature extractor.</param>
    /// <param name="members">Labelled images.</param>
    /// <param name="shape">Their shape, which is public.</param>
    /// <param name="classNames">Names of their classes, which are public.</param>
    /// <param name="options">ε and the training.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <exception cref="InputException">The images have no labels.</exception>
    /// <exception cref="ArgumentException">A batch is larger than the data.</exception>
    /// <exception cref="LedgerException">The cap of the data forbids it; nothing was read.</exception>
    public static DownstreamClassifier TrainPrivately(
        string name, PrivateData<ImageSet> members, ImageShape shape, IReadOnlyList<string> classNames, DpSgdOptions options, FitContext context)
    {
        if (classNames.Count == 0) throw new InputException("a classifier needs labels, and the images have none");
        var classifier = new DownstreamClassifier(name, shape, classNames, Normalization.Group, context.Seed);
        classifier.Fit(members, options, context);
        return classifier;
    }

    /// <summary>What <see cref="TrainPrivately"/> will ask of the ledger, known before any record is read.</summary>
    /// <param name="options">ε and the training.</param>
    /// <param name="account">Relation and δ.</param>
    /// <param name="records">N, as declared public.</param>
    public static IReadOnlyList<LedgerPlan> Plans(DpSgdOptions options, LedgerAccount account, long records) =>
        [new LedgerPlan(PlanLabel, PlanFor(options, account, records).StepEvent, options.Steps)];

    /// <summary>Class probabilities of every image, [N, K].</summary>
    public float[] Probabilities(ImageSet images) => InBatches(images, x => F.Softmax(network.Forward(x), 1));

    /// <summary>Logits [B, K] of images [B, C, H, W] in [-1, 1], through which gradients flow to the images; the weights stand still from now on.</summary>
    public Tensor Logits(Tensor x)
    {
        network.Eval();
        network.Freeze();
        return network.Forward(x);
    }

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

    private void Fit(ImageSet training, ClassifierOptions options, FitContext context)
    {
        using var data = new ImageTensors(training, PixelRange.SignedUnit, device);
        using var optimizer = new Adam(network.Parameters, options.LearningRate);
        var sampler = new BatchSampler(training.Count, options.BatchSize, Seed.Derive(context.Seed, "batches"));
        Run(context, optimizer, options.Steps, StepsBetweenCheckpoints, "crossEntropy", step =>
        {
            var (x, y) = data.Batch(sampler.Batch(step));
            var loss = F.CrossEntropy(network.Forward(x), y!);
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
            return [loss.Item<float>()];
        });
    }

    private void Fit(PrivateData<ImageSet> members, DpSgdOptions options, FitContext context)
    {
        var plan = PlanFor(options, members.Account, members.PublicCount);
        using var optimizer = new Adam(network.Parameters, options.LearningRate);
        using var training = new PrivateTraining(PlanLabel, plan, members, PixelRange.SignedUnit, network, optimizer);
        // The loss of records would tell of them; the norm of the weights is of what the guarantee covers.
        var kept = Run(context, optimizer, options.Steps, PrivateStepsBetweenCheckpoints, "weightNorm", _ =>
            training.TryStep((x, y) => F.CrossEntropy(network.Forward(x), y!, Reduction.None)) ? [WeightNorm()] : null);
        Plan = plan.Describe("DP-SGD on the classifier", PlanLabel, kept);
    }

    private static DpPlan PlanFor(DpSgdOptions options, LedgerAccount account, long records) =>
        DpPlan.Calibrate(new Epsilon(options.Epsilon), account.Delta, account.Relation, records, options.BatchSize, new FlatClipping(options.ClipNorm), options.Steps);

    /// <summary>Runs a training whose learning rate falls along a half cosine; the number of steps done.</summary>
    private long Run(FitContext context, Adam optimizer, int steps, int stepsBetweenCheckpoints, string shown, Func<long, float[]?> doStep)
    {
        var learningRate = optimizer.LearningRate;
        network.Train();
        return new TrainingLoop
        {
            Name = ("classification", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = steps,
            CheckpointEvery = stepsBetweenCheckpoints,
            Seed = context.Seed,
            LossNames = [shown],
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["network"] = network.State },
                new Dictionary<string, Optimizer> { ["optimizer"] = optimizer }),
            Step = step =>
            {
                optimizer.LearningRate = learningRate * LearningRateFactor.Cosine(steps)(step);
                return doStep(step);
            },
        }.Run(context.Progress, context.Cancellation);
    }

    private float WeightNorm()
    {
        using var noGrad = Autograd.NoGrad();
        return Tensor.Stack([.. network.Parameters.Select(p => (p * p).Sum())]).Sum().Sqrt().Item<float>();
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
