using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Generation.Gan;

/// <summary>What all generative adversarial networks share: two networks, their optimisers and the loop.</summary>
/// <remarks>A method says its networks, its losses and one step; see <see cref="Dcgan"/> for the shortest.</remarks>
public abstract class GanSynthesizer(GanOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : GeneratorSynthesizer(shape, classNames, options.LatentSize)
{
    // A discriminator that has won for this long teaches the generator nothing more.
    private const double CollapsedLoss = 0.02;
    private const int CollapsedSteps = 500;

    private Module? discriminator;
    private Adam? optimizerG;
    private Adam? optimizerD;
    private int stepsCollapsed;

    /// <summary>What the study said.</summary>
    protected GanOptions Options => options;

    /// <summary>D.</summary>
    protected Module Discriminator => discriminator ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    /// <summary>Names of the losses that <see cref="Step"/> returns; the first is the discriminator's.</summary>
    protected abstract IReadOnlyList<string> LossNames { get; }

    /// <inheritdoc/>
    public sealed override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        var records = members.OpenUnaccounted($"training of {Path.GetFileName(context.Directory)}", "the method carries no guarantee");
        if (IsConditional && records.Labels is null) throw new InputException($"{Card.Name} learns classes, and the images have no labels; use an unconditional method (dcgan, infogan)");
        Build(Seed.Derive(context.Seed, "initialization"));
        stepsCollapsed = 0;
        optimizerD = new Adam(ParametersOfD(), options.LearningRateD, options.Beta1);
        optimizerG = new Adam(ParametersOfG(), options.LearningRateG, options.Beta1);
        var averaged = Average(options.EmaDecay);

        using var data = new ImageTensors(records, Range, Device);
        var sampler = new BatchSampler(records.Count, options.BatchSize, Seed.Derive(context.Seed, "batches"));
        return new TrainingLoop
        {
            Name = ("generation", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.Steps,
            CheckpointEvery = options.CheckpointEvery,
            Seed = context.Seed,
            LossNames = LossNames,
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["generator"] = Generator.State, ["discriminator"] = Discriminator.State, ["averaged"] = averaged.State },
                new Dictionary<string, Optimizer> { ["optimizerD"] = optimizerD, ["optimizerG"] = optimizerG }),
            Step = step =>
            {
                var (x, y) = data.Batch(sampler.Batch(step));
                var losses = Step(x, y);
                averaged.Update(step);
                return losses;
            },
            AtCheckpoint = step => WriteGrid(context, step),
            StopWhen = losses => (stepsCollapsed = losses[0] < CollapsedLoss ? stepsCollapsed + 1 : 0) >= CollapsedSteps,
        }.Run(context.Progress, context.Cancellation);
    }

    /// <summary>Frees the networks.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        discriminator?.Dispose();
        optimizerG?.Dispose();
        optimizerD?.Dispose();
        (discriminator, optimizerG, optimizerD) = (null, null, null);
    }

    /// <summary>Makes D.</summary>
    protected abstract Module BuildDiscriminator();

    /// <inheritdoc/>
    protected sealed override void Build(ulong seed)
    {
        base.Build(seed);
        using var scope = new TensorScope();
        discriminator = BuildDiscriminator();
        discriminator.To(Device);
    }

    /// <summary>One step: computes the losses and updates both networks.</summary>
    /// <param name="x">[B, C, H, W] members, in <see cref="GeneratorSynthesizer.Range"/>.</param>
    /// <param name="labels">[B] their classes, if they have any.</param>
    /// <returns>As <see cref="LossNames"/>.</returns>
    protected abstract float[] Step(Tensor x, Tensor? labels);

    /// <summary>What the discriminator's optimiser updates.</summary>
    protected virtual Tensor[] ParametersOfD() => Discriminator.Parameters;

    /// <summary>What the generator's optimiser updates.</summary>
    protected virtual Tensor[] ParametersOfG() => Generator.Parameters;

    /// <summary>One Adam step of the discriminator.</summary>
    protected void UpdateDiscriminator(Tensor loss) => Update(optimizerD!, loss);

    /// <summary>One Adam step of the generator.</summary>
    protected void UpdateGenerator(Tensor loss) => Update(optimizerG!, loss);

    /// <summary>Computes the generator's loss while the discriminator asks for no gradients of its own.</summary>
    protected T WithFrozenDiscriminator<T>(Func<T> loss)
    {
        Discriminator.Freeze();
        try
        {
            return loss();
        }
        finally
        {
            Discriminator.Unfreeze();
        }
    }

    private static void Update(Adam optimizer, Tensor loss)
    {
        optimizer.ZeroGrad();
        loss.Backward();
        optimizer.Step();
    }
}
