using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Torch;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Embedding;

/// <summary>DP-Kernel: each step queries a noised mean embedding of a Poisson batch, under a kernel drawn afresh, and lowers the generator's distance to it.</summary>
/// <remarks>
/// Jiang, Sun, Bai, "Functional Rényi Differential Privacy for Generative Modeling", NeurIPS 2023: the embedding of a batch in the space of a kernel
/// k gets noise from the Gaussian process of covariance k. Here k is that of random features of a sum of Gaussian kernels, new in each step,
/// whose process is ⟨ξ, φ(·)⟩ with ξ ~ N(0, I): so the noise is exact, has no covariance matrix that could fail to be one, and its derivative reaches
/// the generator with that of the embedding. Labels are drawn alike from all classes, whatever the batch holds.
/// </remarks>
public sealed class DpKernel : MeanEmbeddingSynthesizer
{
    private const string Label = "mean embeddings of batches";

    private readonly DpKernelOptions options;

    /// <summary>Creates one that is not fitted.</summary>
    /// <param name="options">What the study said.</param>
    /// <param name="shape">The shape of an image.</param>
    /// <param name="classNames">Names of the classes; empty where images have no labels.</param>
    /// <exception cref="InputException">Features cannot be shared out among the length scales, or a batch has fewer images than there are classes.</exception>
    public DpKernel(DpKernelOptions options, ImageShape shape, IReadOnlyList<string> classNames) : base(options, shape, classNames)
    {
        var part = 2 * options.LengthScales.Length;
        if (part == 0) throw new InputException("'lengthScales' is empty; give at least one");
        if (options.Features % part != 0)
            throw new InputException($"'features' is {options.Features}, and there are {options.LengthScales.Length} length scales of cosines and sines; give a multiple of {part}");
        this.options = options;
    }

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dp-kernel",
        "Jiang, Sun, Bai: Functional Rényi Differential Privacy for Generative Modeling, NeurIPS 2023",
        "image",
        "(ε, δ)-DP");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override IReadOnlyList<LedgerPlan> Plans(LedgerAccount account, long records) => [new LedgerPlan(Label, PlanFor(account, records).StepEvent, options.Steps)];

    /// <inheritdoc/>
    public override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        Build(Seed.Derive(context.Seed, "initialization"));
        using var sums = new PrivateSums(Label, PlanFor(members.Account, members.PublicCount), members);
        using var counted = TensorScope.Persist(Tensor.Zeros([Rows, 1], DType.Float64)); // noised counts of all steps so far
        var kept = Train(context, new Dictionary<string, StateDictionary> { ["counts"] = new() { { "counted", counted } } }, step =>
        {
            var seed = Seed.Derive(context.Seed, "features", step);
            using var features = new RandomFourierFeatures(Shape.Length, options.Features, options.LengthScales, seed, Device);
            if (sums.TrySum(records => MeanEmbedding.Sum(records, features, Device)) is not { } noised) return null;
            var (embedding, counts) = MeanEmbedding.Parts(Tensor.From(noised, Rows, features.Count + 1));
            counted.AddInPlace(counts);
            var shares = SharesOf(counted).To(DType.Float32).To(Device); // [K, 1]
            // MMD² of the joint embeddings of images and classes: the latter's kernel is 1 for the same class, 0 for another.
            return ((embedding / options.QueryBatch).To(DType.Float32).To(Device) - (shares * DrawnMeans(features))).Square().Sum();
        });
        if (IsConditional) Shares = ClassSharesFile.Of(counted.ToArray<double>());
        PlansDone = [sums.Describe("Gaussian releases of the mean embeddings of batches", kept)];
        return kept;
    }

    private DpPlan PlanFor(LedgerAccount account, long records) => options.QueryBatch <= records
        ? DpPlan.Calibrate(new Epsilon(options.Epsilon), account.Delta, account.Relation, records, options.QueryBatch, new FlatClipping(MeanEmbedding.Bound), options.Steps)
        : throw new InputException($"{Card.Name} expects a batch of {options.QueryBatch} of {records} records; give a 'queryBatch' of at most {records}");

    private static Tensor SharesOf(Tensor counted)
    {
        using var noGrad = Autograd.NoGrad();
        var counts = counted.Clamp(min: 1);
        return counts / counts.Sum();
    }
}
