using Understudy.Data;
using Understudy.Generation.PrivateGans;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Dual;

/// <summary>Dual GAN with a guarantee for both stages together.</summary>
/// <remarks>
/// Three networks see records, each by DP-SGD under a plan of its own and one noise multiplier: the discriminators of both stages, and the
/// generator of stage II, whose L1 term compares with private images. The loss of record i is ℓᵢ = softplus(-D([mᵢ, xᵢ])) + softplus(D([mᵢ, G(mᵢ)]))
/// for D and softplus(-D([mᵢ, G(mᵢ)])) + λ ‖xᵢ − G(mᵢ)‖₁ / CHW for G; each is clipped and noised. What is filtered goes by drawn masks, not by real ones.
/// </remarks>
public sealed class DpDualGan : DualGanBase
{
    private const string MaskPlan = "stage I discriminator";
    private const string JudgePlan = "stage II discriminator";
    private const string PainterPlan = "stage II generator";
    private const int FilterDraws = 500;

    private readonly DpDualGanOptions options;
    private (LedgerAccount Account, long Records, IReadOnlyList<DpPlan> Plans)? calibrated; // which takes seconds

    /// <summary>Creates one that is not fitted.</summary>
    /// <param name="options">ε and the training.</param>
    /// <param name="shape">The shape of a pair.</param>
    /// <exception cref="InputException">The images have no masks.</exception>
    public DpDualGan(DpDualGanOptions options, ImageShape shape)
        : base(options, shape)
    {
        if (options.MaskNoise > 0) throw new InputException("dp-dual-gan takes no 'maskNoise': its discriminators are noised by their gradients; leave it out");
        this.options = options;
    }

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dp-dual-gan",
        "Guibas, Virdi, Li: Synthetic Medical Images from Dual Generative Adversarial Networks, 2017, arXiv 1709.01872, by DP-SGD of Abadi et al., CCS 2016, arXiv 1607.00133",
        "image with mask",
        "(ε, δ)-DP");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override IReadOnlyList<LedgerPlan> Plans(LedgerAccount account, long records)
    {
        var (masks, judge, painter) = PlansFor(account, records);
        return [Ledger(MaskPlan, masks), Ledger(JudgePlan, judge), Ledger(PainterPlan, painter)];
    }

    private protected override PrivateData<ImageSet> Reserved(PrivateData<ImageSet> members) => members.ForPlans(Plans(members.Account, members.PublicCount));

    private protected override GeneratorSynthesizer BuildStageOne() => new PrivateMaskGan(
        new PrivateGanOptions
        {
            Epsilon = options.Epsilon, Steps = options.MaskSteps, BatchSize = options.BatchSize, LatentSize = options.LatentSize, Width = options.MaskWidth,
            LearningRateD = options.LearningRate, LearningRateG = options.LearningRate, Beta1 = options.Beta1, CheckpointEvery = options.CheckpointEvery, ClipNorm = options.ClipNorm,
        },
        MaskShape,
        MaskPlan,
        (account, records) => PlansFor(account, records).Masks);

    private protected override MaskPainter BuildStageTwo(ulong seed) => new(Shape, options.ImageWidth, Options.Cleaning, mixes: false, seed);

    private protected override MaskFilter FilterFor(PrivateData<ImageSet> members, Synthesizer masks, ulong seed) => MaskFilter.Of(Options.Cleaning.Smooth(masks.Sample(FilterDraws, seed)));

    private protected override long FitStageTwo(MaskPainter painter, PrivateData<ImageSet> members, FitContext context)
    {
        var (_, planD, planG) = PlansFor(members.Account, members.PublicCount);
        using var optimizerD = new Adam(painter.Discriminator.Parameters, options.LearningRate, options.Beta1);
        using var optimizerG = new Adam(painter.Generator.Parameters, options.LearningRate, options.Beta1);
        using var trainingD = new PrivateTraining(JudgePlan, planD, members, PixelRange.SignedUnit, painter.Discriminator, optimizerD);
        using var trainingG = new PrivateTraining(PainterPlan, planG, members, PixelRange.SignedUnit, painter.Generator, optimizerG);
        var kept = new TrainingLoop
        {
            Name = ("generation", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.ImageSteps,
            CheckpointEvery = options.CheckpointEvery,
            Seed = context.Seed,
            // Losses of records would tell of them; the norms are of weights that the guarantee covers.
            LossNames = ["discriminatorWeightNorm", "generatorWeightNorm"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["generator"] = painter.Generator.State, ["discriminator"] = painter.Discriminator.State },
                new Dictionary<string, Optimizer> { ["optimizerD"] = optimizerD, ["optimizerG"] = optimizerG }),
            Step = _ => trainingD.TryStep((pairs, _) => JudgeLosses(painter, pairs)) && WithFrozenJudge(painter, () => trainingG.TryStep((pairs, _) => PainterLosses(painter, pairs)))
                ? [WeightNorm(painter.Discriminator), WeightNorm(painter.Generator)]
                : null,
        }.Run(context.Progress, context.Cancellation);
        PlansDone = [planD.Describe("DP-SGD on the discriminator of stage II", JudgePlan, kept), planG.Describe("DP-SGD on the generator of stage II", PainterPlan, kept)];
        return kept;
    }

    private static Tensor JudgeLosses(MaskPainter painter, Tensor pairs)
    {
        Tensor x, m, fake;
        using (Autograd.NoGrad())
        {
            (x, m) = painter.Take(pairs);
            fake = painter.Generator.Forward(m);
        }
        return MaskPainter.Real(painter.Judge(x, m)) + MaskPainter.Fake(painter.Judge(fake, m)); // [B]
    }

    /// <summary>What each record adds to the loss of stage II's generator, [B]: the L1 term, which knows the private image, is within what is clipped.</summary>
    internal Tensor PainterLosses(MaskPainter painter, Tensor pairs)
    {
        var (x, m) = painter.Take(pairs);
        var fake = painter.Generator.Forward(m);
        return MaskPainter.Real(painter.Judge(fake, m)) + (MaskPainter.PerRecord((x - fake).Abs()) * options.LambdaFor(Shape.Height)); // [B]
    }

    private static bool WithFrozenJudge(MaskPainter painter, Func<bool> step)
    {
        painter.Discriminator.Freeze();
        try
        {
            return step();
        }
        finally
        {
            painter.Discriminator.Unfreeze();
        }
    }

    private static float WeightNorm(Module network)
    {
        using var noGrad = Autograd.NoGrad();
        return Tensor.Stack([.. network.Parameters.Select(p => (p * p).Sum())]).Sum().Sqrt().Item<float>();
    }

    private static LedgerPlan Ledger(string label, DpPlan plan) => new(label, plan.StepEvent, plan.Steps);

    private (DpPlan Masks, DpPlan Judge, DpPlan Painter) PlansFor(LedgerAccount account, long records)
    {
        if (options.BatchSize > records) throw new InputException($"{Card.Name} expects a batch of {options.BatchSize} of {records} records; give a 'batchSize' of at most {records}");
        if (calibrated is not { } known || known.Account != account || known.Records != records)
        {
            calibrated = known = (account, records, DpPlan.CalibrateTogether(
                new Epsilon(options.Epsilon), account.Delta, account.Relation, records, options.BatchSize, new FlatClipping(options.ClipNorm), [options.MaskSteps, options.ImageSteps, options.ImageSteps]));
        }
        return (known.Plans[0], known.Plans[1], known.Plans[2]);
    }
}
