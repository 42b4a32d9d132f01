using System.Text.Json;
using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Embedding;

/// <summary>DP-MERF: the mean of random features of each class is released once, with noise; a generator is trained to have the same means.</summary>
/// <remarks>
/// Harder, Adamczewski, Park, AISTATS 2021, 2002.11603. One record of class y adds [φ(x), w] to row y of a sum, where ‖φ(x)‖ = 1, so the
/// sum's L2 bound is √(1 + w²) whichever record comes or goes. The sum is released by one Gaussian mechanism; everything after is
/// post-processing. The last entry of a row is w times the number of records of the class: it turns sums into means, and tells the shares of
/// the classes without another query.
/// </remarks>
public sealed class DpMerf(DpMerfOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : GeneratorSynthesizer(shape, classNames, options.LatentSize)
{
    // w: small, so that counting costs half a percent of noise; the counts are still right to within tens of records at ε = 1.
    private const double CountWeight = 0.1;
    private const int EmbeddingBatch = 500;
    private const string Label = "mean embedding";
    private const string EmbeddingFile = "embedding.pt";
    private const string SharesFile = "class-shares.json";

    // The length of a feature vector in single precision may exceed 1 by rounding.
    private const double Shrink = 1 - 1e-5;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dp-merf",
        "Harder, Adamczewski, Park: DP-MERF: Differentially Private Mean Embeddings with Random Features for Practical Privacy-Preserving Data Generation, AISTATS 2021, arXiv 2002.11603",
        "image",
        "(ε, δ)-DP");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => ClassCount > 0;

    /// <inheritdoc/>
    public override IReadOnlyList<float>? ClassShares => shares;

    /// <inheritdoc/>
    protected override PixelRange Range => PixelRange.Unit;

    private float[]? shares;

    private int Rows => Math.Max(1, ClassCount);

    private bool HasClasses => ClassCount > 0;

    /// <inheritdoc/>
    public override IReadOnlyList<LedgerPlan> Plans(LedgerAccount account, long records) => [new LedgerPlan(Label, Mechanism(account).Event, 1)];

    /// <inheritdoc/>
    public override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        Build(Seed.Derive(context.Seed, "initialization"));
        using var features = new RandomFourierFeatures(Shape.Length, options.Features, Math.Sqrt(options.SquaredLengthScale), Seed.Derive(context.Seed, "features"), Device);
        var (means, weights) = Embedding(members, features, context.Directory);
        using (means)
        using (weights)
        {
            if (HasClasses) shares = weights.ToArray<float>();
            return Match(means, weights, features, context);
        }
    }

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        base.Save(directory);
        if (shares is not null) AtomicFile.WriteText(Path.Combine(directory, SharesFile), JsonText.Write(shares));
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        base.Load(directory);
        var path = Path.Combine(directory, SharesFile);
        shares = File.Exists(path) ? JsonSerializer.Deserialize<float[]>(File.ReadAllText(path), JsonText.Options) : null;
    }

    /// <inheritdoc/>
    protected override Module BuildGenerator() => MerfGenerator.Build(options.LatentSize + ClassCount, Shape, options.Width);

    /// <summary>The released means m̃ [K, D] of the classes, and their shares [K] of the records.</summary>
    /// <remarks>Released once: a run that goes on reads the noised sum from its folder.</remarks>
    private (Tensor Means, Tensor Shares) Embedding(PrivateData<ImageSet> members, RandomFourierFeatures features, string directory)
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        var path = Path.Combine(directory, EmbeddingFile);
        var mechanism = Mechanism(members.Account);
        Plan = new PrivacyPlan("one Gaussian release of the classes' mean embeddings and counts", Label, members.PublicCount, 1, mechanism.NoiseMultiplier.Value, mechanism.Bound, 1, 1);
        if (!File.Exists(path))
        {
            var sum = members.Release(Label, mechanism, records => Sum(records, features));
            new StateDictionary { { "sum", Tensor.From(sum, Rows, features.Count + 1) } }.Save(path);
        }
        var released = StateDictionary.Load(path)["sum"].To(DType.Float32).To(Device); // [K, D + 1]
        // Noise can take a small class's count below one record, and its mean would then blow up.
        var counts = (released.Narrow(1, features.Count, 1) / CountWeight).Clamp(min: 1); // [K, 1]
        return (scope.Detach(released.Narrow(1, 0, features.Count) / counts), scope.Detach((counts / counts.Sum()).Squeeze(1)));
    }

    private GaussianMechanism Mechanism(LedgerAccount account) =>
        GaussianMechanism.Calibrate(account.Relation, Math.Sqrt(1 + (CountWeight * CountWeight)), new Epsilon(options.Epsilon), account.Delta);

    /// <summary>Σ over records of onehot(y) [φ(x), w], as [K, D + 1] row-major.</summary>
    private double[] Sum(ImageSet records, RandomFourierFeatures features)
    {
        using var data = new ImageTensors(records, Range, Device);
        var total = Tensor.Zeros([Rows, features.Count + 1], DType.Float64, Device);
        for (var start = 0; start < records.Count; start += EmbeddingBatch)
        {
            using var scope = new TensorScope();
            var (x, y) = data.Slice(start, Math.Min(EmbeddingBatch, records.Count - start));
            var phi = features.Of(x) * Shrink; // [B, D]
            var rows = Tensor.Cat([phi, Tensor.Full([phi.Size(0), 1], CountWeight, device: Device)], 1); // [B, D + 1]
            var classes = HasClasses ? OneHot(y!) : Tensor.Ones([phi.Size(0), 1], device: Device); // [B, K]
            // In 64 bits: roundings of 32 that depend on who shares a batch would add to what one record changes.
            total.AddInPlace(classes.To(DType.Float64).Transpose(0, 1).MatMul(rows.To(DType.Float64)));
        }
        return total.ToArray<double>();
    }

    /// <summary>Trains G until the means of its images' features are the released ones: Σ over classes of share · ‖m̃ - m(G)‖².</summary>
    private long Match(Tensor means, Tensor weights, RandomFourierFeatures features, FitContext context)
    {
        using var optimizer = new Adam(Generator.Parameters, options.LearningRate);
        var labels = Enumerable.Range(0, options.BatchSize).Select(i => (long)(i % Rows)).ToArray();
        return new TrainingLoop
        {
            Name = ("generation", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.Steps,
            CheckpointEvery = options.CheckpointEvery,
            Seed = context.Seed,
            LossNames = ["embedding"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["generator"] = Generator.State },
                new Dictionary<string, Optimizer> { ["optimizer"] = optimizer }),
            Step = step =>
            {
                optimizer.LearningRate = options.LearningRate * LearningRateFactor.Cosine(options.Steps)(step);
                var classes = Tensor.From(labels).To(Device).OneHot(Rows).To(DType.Float32); // [B, K]
                var phi = features.Of(Generator.Forward(GeneratorInput(labels.Length, HasClasses ? labels : null))); // [B, D]
                var drawn = classes.Transpose(0, 1).MatMul(phi) / classes.Sum([0]).Unsqueeze(1); // [K, D]
                var loss = ((means - drawn).Square().Sum([1]) * weights).Sum();
                optimizer.ZeroGrad();
                loss.Backward();
                optimizer.Step();
                return [loss.Item<float>()];
            },
            AtCheckpoint = step => WriteGrid(context, step),
        }.Run(context.Progress, context.Cancellation);
    }
}
