using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Initialization;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Script;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Generation.Gan;

/// <summary>What all generative adversarial networks share: two networks, their optimisers, the loop, and samples from averaged weights.</summary>
/// <remarks>A method says its networks, its losses and one step; see <see cref="Dcgan"/> for the shortest.</remarks>
public abstract class GanSynthesizer(GanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : Synthesizer, IDisposable
{
    private const string GeneratorFile = "generator.pt";
    private const string ScriptFile = "generator.ts";
    private const int SampleBatch = 256;
    private const int GridColumns = 10;

    // A discriminator that has won for this long teaches the generator nothing more.
    private const double CollapsedLoss = 0.02;
    private const int CollapsedSteps = 500;

    private Module? generator;
    private Module? discriminator;
    private Ema? averaged;
    private Adam? optimizerG;
    private Adam? optimizerD;
    private int stepsCollapsed;

    /// <summary>What the study said.</summary>
    protected GanOptions Options => options;

    /// <summary>The shape of an image.</summary>
    protected ImageShape Shape => shape;

    /// <summary>K.</summary>
    protected int ClassCount => classNames.Count;

    /// <summary>Where it trains.</summary>
    protected Device Device { get; } = TorchRuntime.DefaultDevice;

    /// <summary>What the numbers of an image batch mean to its networks.</summary>
    protected virtual PixelRange Range => PixelRange.SignedUnit;

    /// <summary>G.</summary>
    protected Module Generator => generator ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    /// <summary>D.</summary>
    protected Module Discriminator => discriminator ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    /// <summary>Names of the losses that <see cref="Step"/> returns; the first is the discriminator's.</summary>
    protected abstract IReadOnlyList<string> LossNames { get; }

    /// <inheritdoc/>
    public sealed override long Fit(ImageSet members, FitContext context)
    {
        if (IsConditional && members.Labels is null) throw new InputException($"{Card.Name} learns classes, and the images have no labels; use an unconditional method (dcgan, infogan)");
        Build(Seed.Derive(context.Seed, "initialization"));
        stepsCollapsed = 0;
        optimizerD = new Adam(ParametersOfD(), options.LearningRateD, options.Beta1);
        optimizerG = new Adam(ParametersOfG(), options.LearningRateG, options.Beta1);
        averaged = new Ema(Generator, options.EmaDecay);

        using var data = new ImageTensors(members, Range, Device);
        var sampler = new BatchSampler(members.Count, options.BatchSize, Seed.Derive(context.Seed, "batches"));
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
            AtCheckpoint = step => WriteGrid(Path.Combine(context.Directory, "grids", $"step-{step:D6}.png"), context.Seed),
            StopWhen = losses => (stepsCollapsed = losses[0] < CollapsedLoss ? stepsCollapsed + 1 : 0) >= CollapsedSteps,
        }.Run(context.Progress, context.Cancellation);
    }

    /// <inheritdoc/>
    public sealed override ImageSet Sample(int count, ulong seed, int[]? labels = null)
    {
        if (IsConditional) labels ??= Array.ConvertAll(BalancedLabels(count), l => (int)l);
        else if (labels is not null) throw new ArgumentException($"{Card.Name} is not conditional: it takes no labels", nameof(labels));
        var pixels = new byte[(long)count * shape.Length];
        using var generating = new Generating(this);
        for (var start = 0; start < count; start += SampleBatch)
        {
            using var scope = new TensorScope();
            TorchRuntime.ManualSeed(Seed.Derive(seed, "sample", start));
            var size = Math.Min(SampleBatch, count - start);
            var input = GeneratorInput(size, labels is null ? null : Array.ConvertAll(labels[start..(start + size)], l => (long)l));
            ImageTensors.ToPixels(Generator.Forward(input), Range).CopyTo(pixels, (long)start * shape.Length);
        }
        return new ImageSet(shape, pixels, labels, labels is null ? null : classNames);
    }

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        using var scope = new TensorScope();
        using var generating = new Generating(this);
        Generator.State.Save(Path.Combine(directory, GeneratorFile));
        ScriptExport.Save(Generator, GeneratorInput(2, IsConditional ? BalancedLabels(2) : null), Path.Combine(directory, ScriptFile));
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        Build(0);
        Generator.Load(StateDictionary.Load(Path.Combine(directory, GeneratorFile)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the networks.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        generator?.Dispose();
        discriminator?.Dispose();
        averaged?.Dispose();
        optimizerG?.Dispose();
        optimizerD?.Dispose();
    }

    /// <summary>Makes G.</summary>
    protected abstract Module BuildGenerator();

    /// <summary>Makes D.</summary>
    protected abstract Module BuildDiscriminator();

    /// <summary>One step: computes the losses and updates both networks.</summary>
    /// <param name="x">[B, C, H, W] members, in <see cref="Range"/>.</param>
    /// <param name="labels">[B] their classes, if they have any.</param>
    /// <returns>As <see cref="LossNames"/>.</returns>
    protected abstract float[] Step(Tensor x, Tensor? labels);

    /// <summary>What G takes, for that many samples of those classes; null labels for an unconditional method.</summary>
    protected abstract Tensor GeneratorInput(long count, long[]? labels);

    /// <summary>What the discriminator's optimiser updates.</summary>
    protected virtual Tensor[] ParametersOfD() => Discriminator.Parameters;

    /// <summary>What the generator's optimiser updates.</summary>
    protected virtual Tensor[] ParametersOfG() => Generator.Parameters;

    /// <summary>z ~ N(0, I), [B, nz].</summary>
    protected virtual Tensor Noise(long count) => Tensor.RandN([count, options.LatentSize], device: Device);

    /// <summary>Classes [B] as rows [B, K] with a single 1.</summary>
    protected Tensor OneHot(Tensor labels) => labels.To(Device).OneHot(ClassCount).To(DType.Float32);

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

    /// <summary>Gives a network DCGAN's initial weights: N(0, 0.02²), and N(1, 0.02²) for the scales of normalisation.</summary>
    protected static Module Initialized(Module network)
    {
        Initializers.Dcgan(network);
        return network;
    }

    private static void Update(Adam optimizer, Tensor loss)
    {
        optimizer.ZeroGrad();
        loss.Backward();
        optimizer.Step();
    }

    private void Build(ulong seed)
    {
        Dispose(disposing: true);
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(seed);
        generator = BuildGenerator();
        discriminator = BuildDiscriminator();
        generator.To(Device);
        discriminator.To(Device);
    }

    /// <summary>Puts the averaged weights and the evaluation mode in place, without gradients, until it is disposed of.</summary>
    protected readonly ref struct Generating
    {
        private readonly Module generator;
        private readonly IDisposable? average;
        private readonly GradModeGuard noGrad;

        /// <summary>Begins.</summary>
        public Generating(GanSynthesizer synthesizer)
        {
            noGrad = Autograd.NoGrad();
            average = synthesizer.averaged?.Apply();
            generator = synthesizer.Generator;
            generator.Eval();
        }

        /// <summary>Puts back what training wants.</summary>
        public void Dispose()
        {
            generator.Train();
            average?.Dispose();
            noGrad.Dispose();
        }
    }

    private long[] BalancedLabels(int count) => [.. Enumerable.Range(0, count).Select(i => (long)(i % ClassCount))];

    private void WriteGrid(string path, ulong seed)
    {
        var (rows, columns) = IsConditional ? (Math.Max(4, 40 / ClassCount), ClassCount) : (GridColumns, GridColumns);
        ImageGrid.Write(path, Sample(rows * columns, Seed.Derive(seed, "grid")), rows, columns);
    }
}
