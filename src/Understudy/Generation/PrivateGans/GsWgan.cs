using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.PrivateGans;

/// <summary>GS-WGAN: many critics, each on a shard of the records, train as they like; only the gradient that one gives to generated images is noised.</summary>
/// <remarks>
/// Chen, Orekondy, Fritz, NeurIPS 2020, 2006.08265. The gradient of a whole batch is clipped as one vector and charged once a step: clipped image by
/// image and charged as one it would cost as many times as there are images, since all come from one critic. Critics are not private: they stay in
/// memory, so a run that goes on divides the records and warms critics up anew.
/// </remarks>
public sealed class GsWgan(GsWganOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : GeneratorSynthesizer(shape, classNames, options.LatentSize)
{
    private const string Label = "gradients of generated images";
    private const double Beta2 = 0.9;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "gs-wgan",
        "Chen, Orekondy, Fritz: GS-WGAN: A Gradient-Sanitized Approach for Learning Differentially Private Generators, NeurIPS 2020, arXiv 2006.08265",
        "image",
        "(ε, δ)-DP");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => ClassCount > 0;

    /// <inheritdoc/>
    public override IReadOnlyList<LedgerPlan> Plans(LedgerAccount account, long records) =>
        [RandomShardGradients.PlanFor(Label, new Epsilon(options.Epsilon), account, options.Shards, options.Steps)];

    /// <inheritdoc/>
    public override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        Build(Seed.Derive(context.Seed, "initialization"));
        using var gradients = new RandomShardGradients(Plans(members.Account, members.PublicCount)[0], options.ClipNorm, members);
        using var optimizer = new Adam(Generator.Parameters, options.LearningRateG, options.Beta1, Beta2);
        var averaged = Average(options.EmaDecay);
        var critics = new GsWganCritic?[options.Shards];
        try
        {
            var kept = new TrainingLoop
            {
                Name = ("generation", Path.GetFileName(context.Directory)),
                Directory = context.Directory,
                Steps = options.Steps,
                CheckpointEvery = options.CheckpointEvery,
                Seed = context.Seed,
                LossNames = ["noisedGradientNorm"],
                State = new TrainingState(
                    new Dictionary<string, StateDictionary> { ["generator"] = Generator.State, ["averaged"] = averaged.State },
                    new Dictionary<string, Optimizer> { ["optimizer"] = optimizer }),
                Step = step =>
                {
                    if (Step(gradients, critics, optimizer) is not { } norm) return null;
                    averaged.Update(step);
                    return [norm];
                },
                AtCheckpoint = step => WriteGrid(context, step),
            }.Run(context.Progress, context.Cancellation);
            PlansDone = [gradients.Describe("Gaussian releases of the gradient that one of many critics gives to a batch of generated images", members.PublicCount, kept)];
            return kept;
        }
        finally
        {
            foreach (var critic in critics) critic?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override bool CanTruncate => false;

    /// <summary>z ∈ {0, 1}, each as likely.</summary>
    protected override Tensor Noise(long count) => Tensor.Rand([count, options.LatentSize], device: Device).Gt(0.5).To(DType.Float32);

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(DcGenerator.Build(options.LatentSize + ClassCount, Shape, options.Width));

    /// <summary>The norm of what was released; null if there is no step any more.</summary>
    private float? Step(RandomShardGradients gradients, GsWganCritic?[] critics, Adam optimizer)
    {
        // Everything that the experiment's chance decides is drawn before records are looked at: what they do cannot show in it.
        var (fake, fakeMaps) = Draw(options.BatchSize);
        var sanitized = gradients.TryRelease((number, records) =>
        {
            var isNew = critics[number] is null;
            var critic = critics[number] ??= new GsWganCritic(options, records, Device);
            TorchRuntime.ManualSeed(gradients.SecretSeed());
            for (var i = isNew ? -options.WarmUp : 0; i < options.CriticSteps; i++)
            {
                using var scope = new TensorScope();
                Tensor images;
                Tensor? maps;
                using (Autograd.NoGrad()) (images, maps) = Draw(options.BatchSize);
                critic.Train(images, maps);
            }
            return critic.Gradient(fake, fakeMaps);
        });
        if (sanitized is null) return null;
        optimizer.ZeroGrad();
        Autograd.Backward([fake], [sanitized]);
        optimizer.Step();
        return sanitized.Norm([0, 1, 2, 3]).Item<float>();
    }

    /// <summary>Images, and their classes as maps [B, K, H, W] where there are any; classes are drawn uniformly.</summary>
    private (Tensor Images, Tensor? Maps) Draw(long count)
    {
        if (!IsConditional) return (Generator.Forward(Noise(count)), null);
        var y = OneHot(Tensor.RandInt(0, ClassCount, [count], device: Device)); // [B, K]
        return (Generator.Forward(Tensor.Cat([Noise(count), y], 1)), GsWganCritic.Maps(y, Shape));
    }
}
