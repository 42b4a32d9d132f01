using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;
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
/// Per record i, with a generated image that secret chance gives it (dp-sgd on the discriminator alone): ℓᵢ = softplus(-D(xᵢ)) + softplus(D(G(z_j))).
/// </remarks>
public abstract class PrivateGan(PrivateGanOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : GeneratorSynthesizer(shape, classNames, options.LatentSize), IJudgesImages
{
    private const string CountLabel = "class counts";

    private Module? discriminator;
    private float[] shown = [0, 0, 0];
    private float[]? shares;

    /// <summary>What the study said.</summary>
    protected PrivateGanOptions Options => options;

    /// <summary>D; no layer of it may mix records.</summary>
    protected Module Discriminator => discriminator ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    /// <inheritdoc/>
    public sealed override IReadOnlyList<LedgerPlan> Plans(LedgerAccount account, long records) =>
        PlansOf(PlanFor(account, records), account);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<float>? ClassShares => shares;

    /// <inheritdoc/>
    public sealed override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        Build(Seed.Derive(context.Seed, "initialization"));
        var plan = PlanFor(members.Account, members.PublicCount);
        var counting = CountMechanism(members.Account);
        if (counting is not null)
        {
            members = members.ForPlans(PlansOf(plan, members.Account));
            shares = CountClasses(members, counting, context.Directory);
        }
        using var optimizerD = new Adam(Discriminator.Parameters, options.LearningRateD, options.Beta1);
        using var optimizerG = new Adam(Generator.Parameters, options.LearningRateG, options.Beta1);
        using var training = new PrivateTraining(PlanLabel, plan, members, Range, PrivateNetwork, optimizerD);
        using var pace = new GeneratorPace(options.DiscriminatorSteps, options.Threshold);
        var averaged = Average(options.EmaDecay);
        var kept = new TrainingLoop
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
            AtCheckpoint = step => WriteGrid(context, step),
        }.Run(context.Progress, context.Cancellation);
        PlansDone = [plan.Describe("DP-SGD on the discriminator", PlanLabel, kept)];
        if (counting is not null)
            PlansDone = [.. PlansDone, new PrivacyPlan("one Gaussian release of the classes' counts", CountLabel, members.PublicCount, 1, counting.NoiseMultiplier.Value, counting.Bound, 1, 1)];
        return kept;
    }

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        base.Save(directory);
        ClassSharesFile.Write(directory, shares);
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        base.Load(directory);
        shares = ClassSharesFile.Read(directory);
    }

    /// <inheritdoc/>
    public virtual bool SavesDiscriminator => false;

    /// <summary>The logits of a discriminator whose training the guarantee covers, so that it may be released under the same one.</summary>
    public double[] Judge(ImageSet images) => Judged(images, Discriminator, Judge);

    /// <inheritdoc/>
    public void SaveDiscriminator(string directory) => DiscriminatorFile.Write(Discriminator, directory);

    /// <inheritdoc/>
    public void LoadDiscriminator(string directory) => DiscriminatorFile.Read(Discriminator, directory);

    /// <summary>What the ledger calls the discriminator's training.</summary>
    protected virtual string PlanLabel => "discriminator";

    /// <summary>How the discriminator trains.</summary>
    protected virtual DpPlan PlanFor(LedgerAccount account, long records) => options.BatchSize <= records
        ? DpPlan.Calibrate(new Epsilon(options.Epsilon), account.Delta, account.Relation, records, options.BatchSize, new FlatClipping(options.ClipNorm), options.Steps)
        : throw new InputException($"{Card.Name} expects a batch of {options.BatchSize} of {records} records; give a 'batchSize' of at most {records}");

    /// <summary>Makes D.</summary>
    protected abstract Module BuildDiscriminator();

    /// <summary>What of D is trained on records.</summary>
    protected virtual Module PrivateNetwork => Discriminator;

    /// <summary>D's logits [B, 1] for images of those classes, [B], or without classes.</summary>
    protected virtual Tensor Judge(Tensor images, Tensor? labels) => Discriminator.Forward(images);

    /// <summary>Images made by G, and their classes where it is told any.</summary>
    protected virtual (Tensor Images, Tensor? Labels) Draw(long count) => (Generator.Forward(Noise(count)), null);

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

    private IReadOnlyList<LedgerPlan> PlansOf(DpPlan plan, LedgerAccount account)
    {
        var training = new LedgerPlan(PlanLabel, plan.StepEvent, plan.Steps);
        return CountMechanism(account) is { } counting ? [training, new LedgerPlan(CountLabel, counting.Event, 1)] : [training];
    }

    /// <summary>A record adds 1 to the count of its class.</summary>
    private GaussianMechanism? CountMechanism(LedgerAccount account) => (options.ClassSharesEpsilon, IsConditional) switch
    {
        (0, _) => null,
        (_, false) => throw new InputException($"{Card.Name} draws no classes, so it has no use for their shares; leave out 'classSharesEpsilon'"),
        _ => GaussianMechanism.Calibrate(account.Relation, 1, new Epsilon(options.ClassSharesEpsilon), account.Delta),
    };

    /// <summary>The shares of the classes by their noised counts, released once: a run that goes on reads them from its folder.</summary>
    private float[]? CountClasses(PrivateData<ImageSet> members, GaussianMechanism mechanism, string directory)
    {
        if (ClassSharesFile.Read(directory) is { } released) return released;
        var counts = members.Release(CountLabel, mechanism, records =>
        {
            var count = new double[ClassCount];
            foreach (var label in records.Labels!) count[label]++;
            return count;
        });
        ClassSharesFile.Write(directory, ClassSharesFile.Of(counts));
        return ClassSharesFile.Read(directory);
    }

    private bool Step(PrivateTraining training)
    {
        // As many as records are expected, a public number: batch normalisation in G makes each depend on how many they are.
        Tensor images;
        Tensor? labels;
        using (Autograd.NoGrad()) (images, labels) = Draw(options.BatchSize);

        Tensor Reals(Tensor x, Tensor? y) => F.Softplus(-Judge(x, y)).Squeeze(1); // [B]
        Tensor Fakes() => F.Softplus(Judge(images, labels)).Squeeze(1); // [B]
        Tensor Chosen(Tensor numbers) => F.Softplus(Judge(images.IndexSelect(0, numbers), labels?.IndexSelect(0, numbers))).Squeeze(1);

        return options.Fakes switch
        {
            FakeTerm.Paired => training.TryStep((x, y, numbers) => Reals(x, y) + Chosen(numbers), options.BatchSize, FreeLossOfD),
            FakeTerm.Anchor => training.TryStep(Reals, Fakes, FreeLossOfD),
            _ => training.TryStep(Reals, free: () => Sum(Fakes().Mean(), FreeLossOfD?.Invoke())),
        };
    }

    private float[] GeneratorStep(Adam optimizer)
    {
        Discriminator.Freeze();
        try
        {
            var (fake, labels) = Draw(options.BatchSize);
            var judged = Judge(fake, labels); // [B, 1]
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
