using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Generation.Gan.Tricks;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Dual;

/// <summary>Dual GAN: one GAN draws masks, a second paints images onto them; both learn from real pairs.</summary>
/// <remarks>
/// Guibas, Virdi, Li, "Synthetic Medical Images from Dual Generative Adversarial Networks", 2017, 1709.01872. Stage I: see <see cref="MaskGan"/>. Stage II:
/// L_D = BCE(D([m, x]), 1) + BCE(D([m, G(m)]), 0), L_G = BCE(D([m, G(m)]), 1) + λ ‖x − G(m)‖₁ / CHW.
/// </remarks>
public sealed class DualGan(DualGanOptions options, ImageShape shape) : DualGanBase(options, shape)
{
    // Of masks drawn at random: enough that a grid shows what there is.
    private const int GridRows = 4;
    private const int GridColumns = 5;
    private const double LastMaskNoise = 0.01;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dual-gan", "Guibas, Virdi, Li: Synthetic Medical Images from Dual Generative Adversarial Networks, 2017, arXiv 1709.01872", "image with mask", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    private protected override PrivateData<ImageSet> Reserved(PrivateData<ImageSet> members)
    {
        Options.Cleaning.Check(ImagePairs.Masks(members.OpenUnaccounted("the masks' foreground before and after cleaning", "cleaning must not wipe it out")));
        return members;
    }

    private protected override GeneratorSynthesizer BuildStageOne() => new MaskGan(
        new GanOptions
        {
            Steps = Options.MaskSteps, BatchSize = Options.BatchSize, LatentSize = Options.LatentSize, Width = Options.MaskWidth,
            LearningRateD = Options.LearningRate, LearningRateG = Options.LearningRate, Beta1 = Options.Beta1, CheckpointEvery = Options.CheckpointEvery,
        },
        MaskShape,
        new InstanceNoise(Options.MaskNoise, LastMaskNoise, Options.MaskSteps));

    private protected override MaskPainter BuildStageTwo(ulong seed) => new(Shape, Options.ImageWidth, Options.Cleaning, mixes: true, seed);

    private protected override MaskFilter FilterFor(PrivateData<ImageSet> members, Synthesizer masks, ulong seed) =>
        MaskFilter.Of(Options.Cleaning.Smooth(ImagePairs.Masks(members.OpenUnaccounted("medians of foreground and pieces of the masks", "the filter of degenerate masks goes by them"))));

    private protected override long FitStageTwo(MaskPainter painter, PrivateData<ImageSet> members, FitContext context)
    {
        var pairs = members.OpenUnaccounted("training of stage II", "the method carries no guarantee");
        using var data = new ImageTensors(pairs, PixelRange.SignedUnit, painter.Device);
        using var learnerD = new Learner(new Adam(painter.Discriminator.Parameters, Options.LearningRate, Options.Beta1));
        using var learnerG = new Learner(new Adam(painter.Generator.Parameters, Options.LearningRate, Options.Beta1));
        var sampler = new BatchSampler(pairs.Count, Options.BatchSize, Seed.Derive(context.Seed, "stage II batches"));
        var shown = pairs.Subset([.. Enumerable.Range(0, Math.Min(pairs.Count, GridRows * GridColumns))]);
        return new TrainingLoop
        {
            Name = ("generation", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = Options.ImageSteps,
            CheckpointEvery = Options.CheckpointEvery,
            Seed = context.Seed,
            LossNames = ["discriminator", "adversarial", "l1"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["generator"] = painter.Generator.State, ["discriminator"] = painter.Discriminator.State },
                new Dictionary<string, Optimizer> { ["optimizerD"] = learnerD.Optimizer, ["optimizerG"] = learnerG.Optimizer }),
            Step = step => Step(painter, data.Batch(sampler.Batch(step)).Images, learnerD, learnerG),
            AtCheckpoint = step =>
            {
                var painted = painter.Paint(Options.Cleaning.Smooth(ImagePairs.Masks(shown)));
                ImageGrid.Write(Path.Combine(context.Directory, "grids", $"step-{step:D6}.png"), painted, GridRows, GridColumns);
            },
        }.Run(context.Progress, context.Cancellation);
    }

    private float[] Step(MaskPainter painter, Tensor pairs, Learner learnerD, Learner learnerG)
    {
        var (x, m) = painter.Take(pairs);
        var fake = painter.Generator.Forward(m); // [B, C, H, W]
        var lossD = MaskPainter.Real(painter.Judge(x, m)).Mean() + MaskPainter.Fake(painter.Judge(fake.Detach(), m)).Mean();
        learnerD.Lower(lossD);

        painter.Discriminator.Freeze();
        try
        {
            var adversarial = MaskPainter.Real(painter.Judge(fake, m)).Mean();
            var distance = F.L1(fake, x);
            learnerG.Lower(adversarial + (distance * Options.LambdaFor(Shape.Height)));
            return [lossD.Item<float>(), adversarial.Item<float>(), distance.Item<float>()];
        }
        finally
        {
            painter.Discriminator.Unfreeze();
        }
    }
}
