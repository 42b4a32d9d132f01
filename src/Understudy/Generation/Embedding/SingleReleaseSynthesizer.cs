using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;
using Understudy.Torch;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Embedding;

/// <summary>The mean features of each class are released once, with noise; everything after is post-processing.</summary>
public abstract class SingleReleaseSynthesizer : MeanEmbeddingSynthesizer, IReleasesSum
{
    private const string Label = "mean embedding";
    private const string EmbeddingFile = "embedding.pt";

    private readonly Epsilon epsilon;

    /// <inheritdoc cref="MeanEmbeddingSynthesizer(MeanEmbeddingOptions, ImageShape, IReadOnlyList{string})"/>
    private protected SingleReleaseSynthesizer(MeanEmbeddingOptions options, ImageShape shape, IReadOnlyList<string> classNames)
        : base(options, shape, classNames) => epsilon = new Epsilon(options.Epsilon);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<LedgerPlan> Plans(LedgerAccount account, long records) => [new LedgerPlan(Label, Mechanism(account).Event, 1)];

    /// <inheritdoc/>
    public sealed override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        Build(Seed.Derive(context.Seed, "initialization"));
        using var features = CreateFeatures(Seed.Derive(context.Seed, "features"));
        var (means, weights) = Released(members, features, context.Directory);
        using (means)
        using (weights)
        {
            if (IsConditional) Shares = weights.ToArray<float>();
            // Σ over classes of share · ‖m̃ - m(G)‖².
            return Train(context, new Dictionary<string, StateDictionary>(), _ => ((means - DrawnMeans(features)).Square().Sum([1]) * weights).Sum());
        }
    }

    /// <inheritdoc/>
    public ReleasedSum OpenSum(FitContext context)
    {
        using var scope = new TensorScope();
        var features = CreateFeatures(Seed.Derive(context.Seed, "features"));
        var values = StateDictionary.Load(Path.Combine(context.Directory, EmbeddingFile))["sum"].ToArray<double>();
        return new ReleasedSum(values, records => MeanEmbedding.Sum(records, features, Device), features);
    }

    /// <summary>Draws φ.</summary>
    private protected abstract IFeatureMap CreateFeatures(ulong seed);

    /// <summary>The released means m̃ [K, D] of the classes, and their shares [K] of the records.</summary>
    /// <remarks>Released once: a run that goes on reads the noised sum from its folder.</remarks>
    private (Tensor Means, Tensor Shares) Released(PrivateData<ImageSet> members, IFeatureMap features, string directory)
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        var path = Path.Combine(directory, EmbeddingFile);
        var mechanism = Mechanism(members.Account);
        PlansDone = [new PrivacyPlan("one Gaussian release of the classes' mean embeddings and counts", Label, members.PublicCount, 1, mechanism.NoiseMultiplier.Value, mechanism.Bound, 1, 1)];
        if (!File.Exists(path))
        {
            var sum = members.Release(Label, mechanism, records => MeanEmbedding.Sum(records, features, Device));
            new StateDictionary { { "sum", Tensor.From(sum, Rows, features.Count + 1) } }.Save(path);
        }
        var (sums, counted) = MeanEmbedding.Parts(StateDictionary.Load(path)["sum"].To(DType.Float32).To(Device));
        // Noise can take a small class's count below one record, and its mean would then blow up.
        var counts = counted.Clamp(min: 1); // [K, 1]
        return (scope.Detach(sums / counts), scope.Detach((counts / counts.Sum()).Squeeze(1)));
    }

    private GaussianMechanism Mechanism(LedgerAccount account) => GaussianMechanism.Calibrate(account.Relation, MeanEmbedding.Bound, epsilon, account.Delta);
}
