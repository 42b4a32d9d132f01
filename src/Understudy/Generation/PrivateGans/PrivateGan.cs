using Understudy.Data;
using Understudy.Privacy;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.PrivateGans;

/// <summary>
/// What all GANs share whose discriminator trains under a plan. The generator sees the records only through the discriminator, so what it learns
/// is post-processing and costs nothing.
/// </summary>
/// <remarks>
/// Per record i, with an image of its own from the generator (dp-sgd on the discriminator alone): ℓᵢ = softplus(-D(xᵢ)) + softplus(D(G(zᵢ))).
/// </remarks>
public abstract class PrivateGan(PrivateGanOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : GeneratorSynthesizer(shape, classNames, options.LatentSize)
{
    private const string Label = "discriminator";

    private Module? discriminator;
    private float[] shown = [0, 0, 0];

    /// <summary>What the study said.</summary>
    protected PrivateGanOptions Options => options;

    /// <summary>D; no layer of it may mix records.</summary>
    protected Module Discriminator => discriminator ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    /// <inheritdoc/>
    public sealed override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        Build(Seed.Derive(context.Seed, "initialization"));
        var plan = DpPlan.Calibrate(
            new Epsilon(options.Epsilon), members.Account.Delta, members.Account.Relation, members.PublicCount, options.BatchSize, new FlatClipping(options.ClipNorm), options.Steps);
        Plan = plan.Describe("DP-SGD on the discriminator", Label);
        using var optimizerD = new Adam(Discriminator.Parameters, options.LearningRateD, options.Beta1);
        using var optimizerG = new Adam(Generator.Parameters, options.LearningRateG, options.Beta1);
        using var training = new PrivateTraining(Label, plan, members, Range, PrivateNetwork, optimizerD);
        using var pace = new GeneratorPace(options.DiscriminatorSteps, options.Threshold);
        var averaged = Average(options.EmaDecay);
        return new TrainingLoop
        {
            Name = ("generation", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.Steps,
            CheckpointEvery = options.CheckpointEvery,
            Seed = context.Seed,
            LossNames = ["discriminatorOnFakes", "generator", "accuracyOnFakes"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary>
                {
                    ["generator"] = Generator.State, ["discriminator"] = Discriminator.State, ["averaged"] = averaged.State, ["pace"] = pace.State,
                },
                new Dictionary<string, Optimizer> { ["optimizerD"] = optimizerD, ["optimizerG"] = optimizerG }),
            Step = step =>
            {
                if (!Step(training)) return null;
                if (pace.IsGeneratorsTurn())
                {
                    shown = GeneratorStep(optimizerG);
                    averaged.Update(step);
                    pace.Observe(shown[2]);
                }
                return shown;
            },
            AtCheckpoint = step => WriteGrid(Path.Combine(context.Directory, "grids", $"step-{step:D6}.png"), context.Seed),
        }.Run(context.Progress, context.Cancellation);
    }

    /// <summary>Makes D.</summary>
    protected abstract Module BuildDiscriminator();

    /// <summary>What of D is trained on records.</summary>
    protected virtual Module PrivateNetwork => Discriminator;

    /// <summary>D's logits [B, 1] for real images of those classes.</summary>
    protected virtual Tensor Real(Tensor x, Tensor? labels) => Discriminator.Forward(x);

    /// <summary>Images made by G, and a way to ask D for their logits [B, 1].</summary>
    protected virtual (Tensor Images, Func<Tensor, Tensor> Logits) Draw(long count) => (Generator.Forward(Noise(count)), Discriminator.Forward);

    /// <summary>A loss on generated images that D lowers besides; null if there is none.</summary>
    protected virtual Func<Tensor>? FreeLossOfD => null;

    /// <summary>A loss on generated images that G lowers besides; null if there is none.</summary>
    /// <param name="fake">The images that the last <see cref="Draw"/> made.</param>
    protected virtual Tensor? FreeLossOfG(Tensor fake) => null;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        discriminator?.Dispose();
        discriminator = null;
    }

    /// <inheritdoc/>
    protected sealed override void Build(ulong seed)
    {
        base.Build(seed);
        using var scope = new TensorScope();
        discriminator = BuildDiscriminator();
        discriminator.To(Device);
    }

    private bool Step(PrivateTraining training)
    {
        Tensor Fakes(long count)
        {
            Tensor images;
            Func<Tensor, Tensor> logits;
            using (Autograd.NoGrad()) (images, logits) = Draw(count);
            return F.Softplus(logits(images)).Squeeze(1); // [B]
        }

        Tensor Reals(Tensor x, Tensor? y) => F.Softplus(-Real(x, y)).Squeeze(1); // [B]

        return options.Fakes switch
        {
            FakeTerm.Paired => training.TryStep((x, y) => Reals(x, y) + Fakes(x.Size(0)), free: FreeLossOfD),
            FakeTerm.Anchor => training.TryStep(Reals, anchors: () => Fakes(options.BatchSize), FreeLossOfD),
            _ => training.TryStep(Reals, free: () => Sum(Fakes(options.BatchSize).Mean(), FreeLossOfD?.Invoke())),
        };
    }

    private float[] GeneratorStep(Adam optimizer)
    {
        Discriminator.Freeze();
        try
        {
            var (fake, logits) = Draw(options.BatchSize);
            var judged = logits(fake); // [B, 1]
            var adversarial = F.Softplus(-judged).Mean();
            optimizer.ZeroGrad();
            Sum(adversarial, FreeLossOfG(fake)).Backward();
            optimizer.Step();
            using var noGrad = Autograd.NoGrad();
            return [F.Softplus(judged).Mean().Item<float>(), adversarial.Item<float>(), judged.Lt(0).To(DType.Float32).Mean().Item<float>()];
        }
        finally
        {
            Discriminator.Unfreeze();
        }
    }

    private static Tensor Sum(Tensor loss, Tensor? other) => other is null ? loss : loss + other;
}
