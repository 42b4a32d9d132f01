using Understudy.Data;
using Understudy.Generation.Gan.Tricks;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;

namespace Understudy.Generation.Gan;

/// <summary>What the GANs share that differ in their losses alone: one generator from noise, one discriminator, the step and the tricks. Samples carry no labels.</summary>
/// <remarks>A method says <see cref="LossOfD"/> and <see cref="LossOfG"/> as functions of the scores D(x) and D(G(z)), [B, 1].</remarks>
public abstract class PlainGan(PlainGanOptions options, Architecture network, ImageShape shape, IReadOnlyList<string> classNames) : JudgingGan(options, shape, classNames)
{
    private readonly InstanceNoise instanceNoise = new(options.Tricks.InstanceNoise, options.Tricks.InstanceNoiseEnd, options.Steps);
    private HistoricalAverage? historyD;
    private HistoricalAverage? historyG;

    /// <summary>Aids to training that the study asked for.</summary>
    protected GanTricks Tricks => options.Tricks;

    /// <inheritdoc/>
    public sealed override bool IsConditional => false;

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<string> LossNames => ["discriminator", "generator"];

    /// <summary>Whether the discriminator may normalise by batches; a critic may not.</summary>
    protected virtual bool IsNormalized => true;

    /// <summary>Whether the loss of D has a target for real images, which can be smoothed.</summary>
    protected virtual bool HasTargets => false;

    /// <summary>What D lowers, a scalar.</summary>
    /// <param name="real">D(x), [B, 1].</param>
    /// <param name="fake">D(G(z)), [B, 1].</param>
    protected internal abstract Tensor LossOfD(Tensor real, Tensor fake);

    /// <summary>What G lowers, a scalar.</summary>
    /// <param name="fake">D(G(z)), [B, 1].</param>
    protected internal abstract Tensor LossOfG(Tensor fake);

    /// <summary>What D lowers besides, of the images themselves; null for nothing.</summary>
    protected virtual Tensor? PenaltyOfD(Tensor real, Tensor fake) => null;

    /// <summary>Called after each step of D.</summary>
    protected virtual void AfterStepOfD()
    {
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">A trick was asked for that this method cannot use.</exception>
    protected override void BuildParts()
    {
        if (options.Tricks.LabelSmoothing > 0 && !HasTargets) throw new InputException($"{Card.Name} has no targets to smooth; leave out 'labelSmoothing'");
        if (options.Tricks.VirtualBatchNorm > 0 && network != Architecture.Convolutional) throw new InputException($"{Card.Name} takes 'virtualBatchNorm' in convolutions of images alone; leave it out");
        base.BuildParts();
    }

    /// <inheritdoc/>
    protected override Module BuildGenerator()
    {
        if (network == Architecture.FullyConnected) return FcGenerator.Build(options.LatentSize, Shape, options.Width);
        if (network == Architecture.Volumetric) return Initialized(VolumeNetworks.Generator(options.LatentSize, Shape, options.Width));
        if (options.Tricks.VirtualBatchNorm == 0) return Initialized(DcGenerator.Build(options.LatentSize, Shape, options.Width));
        var generator = Initialized(DcGenerator.Build(options.LatentSize, Shape, options.Width, channels => new VirtualBatchNorm(channels)));
        return new ReferenceBatch(generator, Tensor.RandN([options.Tricks.VirtualBatchNorm, options.LatentSize]));
    }

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => network switch
    {
        Architecture.FullyConnected => FeatureDiscriminator.FullyConnected(Shape, options.Width, dropout: IsNormalized, tricks: options.Tricks),
        Architecture.Volumetric => Initialized(FeatureDiscriminator.Volumetric(Shape, options.Width, normalized: IsNormalized, tricks: options.Tricks)),
        _ => Initialized(FeatureDiscriminator.Convolutional(Shape, options.Width, normalized: IsNormalized, tricks: options.Tricks)),
    };

    /// <inheritdoc/>
    protected override void AddLearners()
    {
        base.AddLearners();
        if (options.Tricks.HistoricalAveraging == 0) return;
        AddState("historyD", (historyD = new HistoricalAverage(Discriminator.Parameters)).State);
        AddState("historyG", (historyG = new HistoricalAverage(Generator.Parameters)).State);
    }

    /// <inheritdoc/>
    protected sealed override Learner LearnerOf(Tensor[] parameters, double learningRate) =>
        new(OptimizerOf(parameters, learningRate), options.Tricks.ClipGradients > 0 ? options.Tricks.ClipGradients : null);

    /// <summary>Makes a player's optimiser.</summary>
    protected virtual Optimizer OptimizerOf(Tensor[] parameters, double learningRate) => new Adam(parameters, learningRate, options.Beta1);

    /// <inheritdoc/>
    protected sealed override void Finish(ImageSet records)
    {
        if (options.SettleBatches > 0) SettleNorms(options.SettleBatches);
    }

    /// <inheritdoc/>
    protected sealed override float[] Step(Tensor x, Tensor? labels)
    {
        for (var i = 1; ; i++)
        {
            var fake = Generator.Forward(Noise(x.Size(0))); // [B, C, H, W]
            var lossD = LossOfD(Judge(x).Scores, Judge(fake.Detach()).Scores);
            UpdateDiscriminator(Sum(lossD, PenaltyOfD(x, fake.Detach()), History(historyD)));
            AfterStepOfD();
            historyD?.Update((StepsDone * BatchesPerStep) + i);
            if (i < BatchesPerStep)
            {
                (x, _) = NextBatch();
                continue;
            }

            var (lossG, features) = WithFrozenDiscriminator(() =>
            {
                var (features, scores) = Judge(fake);
                return (LossOfG(scores), options.Tricks.FeatureMatching > 0 ? options.Tricks.FeatureMatching * FeatureMatching.Loss(Judge(x).Features, features) : null);
            });
            UpdateGenerator(Sum(lossG, features, History(historyG)));
            historyG?.Update(StepsDone + 1);
            return [lossD.Item<float>(), lossG.Item<float>()];
        }
    }

    /// <summary>Frees the networks.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        historyD?.Dispose();
        historyG?.Dispose();
        (historyD, historyG) = (null, null);
    }

    private (Tensor Features, Tensor Scores) Judge(Tensor images) => ((FeatureDiscriminator)Discriminator).Judge(instanceNoise.Add(images, StepsDone));

    private Tensor? History(HistoricalAverage? history) => history is null ? null : options.Tricks.HistoricalAveraging * history.Penalty();

    private static Tensor Sum(Tensor loss, params ReadOnlySpan<Tensor?> others)
    {
        foreach (var other in others)
        {
            if (other is not null) loss += other;
        }
        return loss;
    }
}
