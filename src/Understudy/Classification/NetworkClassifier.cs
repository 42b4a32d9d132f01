using Understudy.Data;
using Understudy.Metrics;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Torch.Script;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;
using F = Understudy.Torch.Functional;

namespace Understudy.Classification;

/// <summary>A network trained by Adam on the cross-entropy, its learning rate falling along a half cosine; continues from the checkpoint in a context's directory if there is one.</summary>
/// <param name="options">Network and training.</param>
/// <param name="shape">The shape of an image.</param>
/// <param name="classes">K.</param>
public sealed class NetworkClassifier(ClassifierOptions options, ImageShape shape, int classes) : IClassifier
{
    private const int EvaluationBatch = 500;
    private const int StepsBetweenCheckpoints = 500;
    // Steps lost to a kill are paid for all the same.
    private const int PrivateStepsBetweenCheckpoints = 50;
    private const string PlanLabel = "classifier";

    private readonly Device device = TorchRuntime.DefaultDevice;
    private FeatureNetwork? network;

    private FeatureNetwork Network => network ?? throw new InvalidOperationException("the classifier is not fitted");

    /// <summary>What <see cref="FitPrivately"/> will ask of the ledger, known before any record is read.</summary>
    /// <param name="options">ε and the training.</param>
    /// <param name="account">Relation and δ.</param>
    /// <param name="records">N, as declared public.</param>
    public static IReadOnlyList<LedgerPlan> Plans(DpSgdOptions options, LedgerAccount account, long records) =>
        [new LedgerPlan(PlanLabel, PlanFor(options, account, records).StepEvent, options.Steps)];

    /// <inheritdoc/>
    public void Fit(ImageSet training, FitContext context)
    {
        Build(context.Seed);
        using var data = new ImageTensors(training, PixelRange.SignedUnit, device);
        using var optimizer = new AdamW(Network.Parameters, options.LearningRate, weightDecay: options.WeightDecay);
        var sampler = new BatchSampler(training.Count, options.BatchSize, Seed.Derive(context.Seed, "batches"));
        Run(context, optimizer, options.Steps, StepsBetweenCheckpoints, "crossEntropy", step =>
        {
            var (x, y) = data.Batch(sampler.Batch(step));
            var loss = F.CrossEntropy(Network.Forward(x), y!, labelSmoothing: options.LabelSmoothing);
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
            return [loss.Item<float>()];
        });
    }

    /// <summary>Learns from private records by DP-SGD, which costs its ε.</summary>
    /// <param name="members">Labelled images.</param>
    /// <param name="dpSgd">ε and the training.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <returns>What was done to the records.</returns>
    /// <exception cref="InputException">The network mixes records.</exception>
    /// <exception cref="ArgumentException">A batch is larger than the data.</exception>
    /// <exception cref="LedgerException">The cap of the data forbids it; nothing was read.</exception>
    public PrivacyPlan FitPrivately(PrivateData<ImageSet> members, DpSgdOptions dpSgd, FitContext context)
    {
        Build(context.Seed);
        var plan = PlanFor(dpSgd, members.Account, members.PublicCount);
        using var optimizer = new Adam(Network.Parameters, dpSgd.LearningRate);
        using var training = new PrivateTraining(PlanLabel, plan, members, PixelRange.SignedUnit, Network, optimizer);
        // The loss of records would tell of them; the norm of the weights is of what the guarantee covers.
        var kept = Run(context, optimizer, dpSgd.Steps, PrivateStepsBetweenCheckpoints, "weightNorm", _ =>
            training.TryStep((x, y) => F.CrossEntropy(Network.Forward(x), y!, Reduction.None)) ? [WeightNorm()] : null);
        return plan.Describe("DP-SGD on the classifier", PlanLabel, kept);
    }

    /// <inheritdoc/>
    public float[] Probabilities(ImageSet images) => InBatches(images, x => F.Softmax(Network.Forward(x), 1));

    /// <summary>Features of every image, [N, D].</summary>
    public FeatureMatrix Features(ImageSet images) => new(InBatches(images, Network.Features), images.Count, Network.FeatureCount);

    /// <summary>Logits [B, K] of images [B, C, H, W] in [-1, 1], through which gradients flow to the images; the weights stand still from now on.</summary>
    public Tensor Logits(Tensor x)
    {
        Network.Eval();
        Network.Freeze();
        return Network.Forward(x);
    }

    /// <summary>Writes the trained network to a folder: its weights, and as a TorchScript module that takes images in [-1, 1] and returns logits.</summary>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        Network.Eval();
        Network.State.Save(Path.Combine(directory, "network.pt"));
        ScriptExport.Save(Network, Tensor.Zeros([2, shape.Channels, shape.Height, shape.Width], device: device), Path.Combine(directory, "network.ts"));
    }

    /// <inheritdoc/>
    public void Dispose() => network?.Dispose();

    internal static DpPlan PlanFor(DpSgdOptions options, LedgerAccount account, long records) => !Classifiers.IsNetwork(options.Network)
        ? throw new InputException($"DP-SGD trains networks, and {options.Network} is none; choose cnn, mlp, resNet, wideResNet or resNeXt")
        : DpPlan.Calibrate(new Epsilon(options.Epsilon), account.Delta, account.Relation, records, options.BatchSize, new FlatClipping(options.ClipNorm), options.Steps);

    private void Build(ulong seed)
    {
        network?.Dispose();
        TorchRuntime.ManualSeed(Seed.Derive(seed, "initialization"));
        network = Classifiers.CreateNetwork(options.Network, options.Size, options.Normalization, shape, classes);
        network.To(device);
    }

    /// <summary>Runs a training whose learning rate falls along a half cosine; the number of steps done.</summary>
    private long Run(FitContext context, AdamOptimizer optimizer, int steps, int stepsBetweenCheckpoints, string shown, Func<long, float[]?> doStep)
    {
        var learningRate = optimizer.LearningRate;
        Network.Train();
        return new TrainingLoop
        {
            Name = ("classification", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = steps,
            CheckpointEvery = stepsBetweenCheckpoints,
            Seed = context.Seed,
            LossNames = [shown],
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["network"] = Network.State },
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
        return Tensor.Stack([.. Network.Parameters.Select(p => (p * p).Sum())]).Sum().Sqrt().Item<float>();
    }

    private float[] InBatches(ImageSet images, Func<Tensor, Tensor> forward)
    {
        using var data = new ImageTensors(images, PixelRange.SignedUnit, device);
        using var noGrad = Autograd.NoGrad();
        Network.Eval();
        var rows = new List<float>();
        for (var start = 0; start < images.Count; start += EvaluationBatch)
        {
            using var scope = new TensorScope();
            rows.AddRange(forward(data.Images(start, Math.Min(EvaluationBatch, images.Count - start))).ToArray<float>());
        }
        return [.. rows];
    }
}
