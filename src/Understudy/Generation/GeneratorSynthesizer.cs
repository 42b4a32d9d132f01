using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Torch;
using Understudy.Torch.Initialization;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Script;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Generation;

/// <summary>What all methods share whose model is one network from noise (and a class) to an image: samples, grids, the saved model.</summary>
/// <param name="shape">The shape of an image.</param>
/// <param name="classNames">Names of the classes; empty where images have no labels.</param>
/// <param name="latentSize">nz: numbers in the noise vector z.</param>
public abstract class GeneratorSynthesizer(ImageShape shape, IReadOnlyList<string> classNames, int latentSize) : Synthesizer, ILatentSynthesizer, IDisposable
{
    private const string GeneratorFile = "generator.pt";
    private const string ScriptFile = "generator.ts";
    private const int SampleBatch = 256;
    private const int GridColumns = 10;

    private Module? generator;
    private Ema? averaged;

    /// <summary>The shape of an image.</summary>
    protected ImageShape Shape => shape;

    /// <summary>[K] names of the classes.</summary>
    protected IReadOnlyList<string> ClassNames => classNames;

    /// <summary>K.</summary>
    protected int ClassCount => classNames.Count;

    /// <summary>Where it trains.</summary>
    protected Device Device { get; } = TorchRuntime.DefaultDevice;

    /// <summary>
    /// t: noise is drawn given |z| ≤ t, where samples are nearer to what the generator knows best (Brock et al., ICLR 2019, 1809.11096, section 3.1); null draws it whole.
    /// </summary>
    /// <exception cref="InputException">The method's noise has no such middle.</exception>
    public double? Truncation
    {
        get;
        set => field = value is null || CanTruncate ? value : throw new InputException($"{Card.Name} draws noise that is not spread about 0, which cannot be truncated; leave 'truncation' out");
    }

    /// <summary>Whether the entries of the noise are independent and spread about 0.</summary>
    protected virtual bool CanTruncate => true;

    /// <summary>What the numbers of an image batch mean to its networks.</summary>
    protected virtual PixelRange Range => PixelRange.SignedUnit;

    /// <summary>G.</summary>
    protected Module Generator => generator ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    /// <summary>The average of G's weights that samples are drawn from; null where samples come from G as it is.</summary>
    protected Ema? Averaged => averaged;

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
            ImageTensors.ToPixels(Render(Truncated(input)), Range).CopyTo(pixels, (long)start * shape.Length);
        }
        return ImagePairs.Binarise(new ImageSet(shape, pixels, labels, labels is null ? null : classNames));
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
        using var scope = new TensorScope();
        Generator.Load(StateDictionary.Load(Path.Combine(directory, GeneratorFile)));
    }

    /// <inheritdoc/>
    public virtual ILatentGenerator OpenLatents() => new Latents(this);

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
        averaged?.Dispose();
        (generator, averaged) = (null, null);
    }

    /// <summary>Makes G.</summary>
    protected abstract Module BuildGenerator();

    /// <summary>What G takes, for that many samples of those classes; null labels for an unconditional method.</summary>
    protected virtual Tensor GeneratorInput(long count, long[]? labels) =>
        labels is null ? Noise(count) : Tensor.Cat([Noise(count), OneHot(Tensor.From(labels))], 1);

    /// <summary>The images of an input, [B, C, H, W]: G's, unless a method changes them further.</summary>
    protected virtual Tensor Render(Tensor input) => Generator.Forward(input);

    /// <summary>z ~ N(0, I), [B, nz].</summary>
    protected virtual Tensor Noise(long count) => Tensor.RandN([count, latentSize], device: Device);

    /// <summary>What may be looked for, averaged and walked between, [B, nz]: the noise, or all that an unconditional generator takes.</summary>
    protected virtual Tensor DrawLatents(long count, Tensor? labels) => labels is null ? GeneratorInput(count, null) : Noise(count);

    /// <summary>G of what <see cref="DrawLatents"/> draws, in <see cref="Range"/>.</summary>
    protected virtual Tensor FromLatents(Tensor latents, Tensor? labels) =>
        Generator.Forward(labels is null ? latents : Tensor.Cat([latents, OneHot(labels)], 1));

    /// <summary>Classes [B] as rows [B, K] with a single 1.</summary>
    protected Tensor OneHot(Tensor labels) => labels.To(Device).OneHot(ClassCount).To(DType.Float32);

    /// <summary>Gives a network DCGAN's initial weights: N(0, 0.02²), and N(1, 0.02²) for the scales of normalisation.</summary>
    protected static Module Initialized(Module network)
    {
        Initializers.Dcgan(network);
        return network;
    }

    /// <summary>Makes the networks anew, from a seed.</summary>
    protected virtual void Build(ulong seed)
    {
        Dispose(disposing: true);
        TorchRuntime.ManualSeed(seed);
        using var scope = new TensorScope();
        generator = BuildGenerator();
        generator.To(Device);
    }

    /// <summary>Starts an average of G's weights that samples are drawn from.</summary>
    protected Ema Average(double decay) => averaged = new Ema(Generator, decay);

    /// <summary>As <see cref="IReadsCodes.Traverse"/>, for a generator that takes noise and then codes.</summary>
    protected (ImageSet Images, int Columns) Traverse(LatentCodes codes, int code, int rows, int columns, ulong seed)
    {
        using var scope = new TensorScope();
        using var generating = new Generating(this);
        TorchRuntime.ManualSeed(Seed.Derive(seed, "traversal", code));
        var noise = Noise(rows); // [R, nz]
        var c = codes.Sample(rows, Device); // [R, codes]
        var parts = codes.Traversal(c, code, columns).Select(moved => Generator.Forward(Tensor.Cat([noise, moved], 1))).ToArray();
        var images = Tensor.Stack(parts, 1).Reshape(-1, shape.Channels, shape.Height, shape.Width); // [R · columns, C, H, W]
        return (new ImageSet(shape, ImageTensors.ToPixels(images, Range)), parts.Length);
    }

    /// <summary>An image with its class as K more channels, each 0 or 1 throughout: [B, C, H, W] and onehot(y) [B, K] → [B, C + K, H, W].</summary>
    protected Tensor WithClassMaps(Tensor x, Tensor y) =>
        Tensor.Cat([x, y.Reshape(-1, ClassCount, 1, 1).Expand(-1, -1, shape.Height, shape.Width)], 1);

    /// <summary>What a network says of images, a batch at a time and without gradients, row-major.</summary>
    protected float[] InBatches(ImageSet images, Func<Tensor, Tensor> forward)
    {
        using var data = new ImageTensors(images, Range, Device);
        using var noGrad = Autograd.NoGrad();
        var rows = new List<float>();
        for (var start = 0; start < images.Count; start += SampleBatch)
        {
            using var scope = new TensorScope();
            rows.AddRange(forward(data.Images(start, Math.Min(SampleBatch, images.Count - start))).ToArray<float>());
        }
        return [.. rows];
    }

    /// <summary>What a discriminator that is no longer trained says of images, [N]: the first of its outputs.</summary>
    /// <exception cref="InputException">It is told the class, and the images have none.</exception>
    protected double[] Judged(ImageSet images, Module discriminator, Func<Tensor, Tensor?, Tensor> judge)
    {
        if (IsConditional && images.Labels is null) throw new InputException($"the discriminator of {Card.Name} is told the class, and the images have no labels; give them labels");
        using var data = new ImageTensors(images, Range, Device);
        using var noGrad = Autograd.NoGrad();
        var logits = new List<double>(images.Count);
        discriminator.Eval();
        for (var start = 0; start < images.Count; start += SampleBatch)
        {
            using var scope = new TensorScope();
            var (x, y) = data.Slice(start, Math.Min(SampleBatch, images.Count - start));
            logits.AddRange(judge(x, y).Narrow(1, 0, 1).ToArray<float>().Select(logit => (double)logit));
        }
        discriminator.Train();
        return [.. logits];
    }

    /// <summary>Writes a grid of samples into the run's folder, a class a column for a conditional method.</summary>
    /// <param name="context">Where, and from which seed.</param>
    /// <param name="step">Steps done, which name the file.</param>
    protected void WriteGrid(FitContext context, long step)
    {
        var path = Path.Combine(context.Directory, "grids", $"step-{step:D6}.png");
        var (rows, columns) = IsConditional ? (Math.Max(4, 40 / ClassCount), ClassCount) : (GridColumns, GridColumns);
        ImageGrid.Write(path, Sample(rows * columns, Seed.Derive(context.Seed, "grid")), rows, columns);
    }

    /// <summary>The noise at the front of a generator's input, drawn again wherever it is beyond t.</summary>
    private Tensor Truncated(Tensor input)
    {
        if (Truncation is not { } t) return input;
        var fresh = Noise(input.Size(0)); // [B, nz]
        var (count, noise) = (fresh.Size(1), input.Narrow(1, 0, fresh.Size(1)));
        for (var beyond = noise.Abs().Gt(t); beyond.Any().Item<bool>(); beyond = noise.Abs().Gt(t), fresh = Noise(input.Size(0)))
            noise = Tensor.Where(beyond, fresh, noise);
        return Tensor.Cat([noise, input.Narrow(1, count, input.Size(1) - count)], 1);
    }

    private long[] BalancedLabels(int count) => [.. Enumerable.Range(0, count).Select(i => (long)(i % ClassCount))];

    /// <summary>Puts the averaged weights and the evaluation mode in place, without gradients, until it is disposed of.</summary>
    protected readonly ref struct Generating
    {
        private readonly Module generator;
        private readonly IDisposable? average;
        private readonly GradModeGuard noGrad;

        /// <summary>Begins.</summary>
        public Generating(GeneratorSynthesizer synthesizer)
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

    /// <summary>The generator in evaluation mode, its averaged weights in place and none of them differentiated.</summary>
    private sealed class Latents : ILatentGenerator
    {
        private readonly GeneratorSynthesizer synthesizer;
        private readonly IDisposable? average;

        public Latents(GeneratorSynthesizer synthesizer)
        {
            this.synthesizer = synthesizer;
            synthesizer.Generator.Eval();
            synthesizer.Generator.Freeze();
            average = synthesizer.averaged?.Apply();
            using var scope = new TensorScope();
            LatentSize = (int)Draw(1, synthesizer.IsConditional ? Tensor.From([0L]) : null).Size(1);
        }

        public ImageShape Shape => synthesizer.Shape;

        public int LatentSize { get; }

        public IReadOnlyList<string> ClassNames => synthesizer.IsConditional ? synthesizer.ClassNames : [];

        public Device Device => synthesizer.Device;

        public Tensor Draw(long count, Tensor? labels) => synthesizer.DrawLatents(count, Checked(labels));

        public Tensor Forward(Tensor latents, Tensor? labels)
        {
            var x = synthesizer.FromLatents(latents, Checked(labels)); // [B, C, H, W]
            return synthesizer.Range == PixelRange.SignedUnit ? x : (2 * x) - 1;
        }

        public void Dispose()
        {
            average?.Dispose();
            synthesizer.Generator.Unfreeze();
            synthesizer.Generator.Train();
        }

        private Tensor? Checked(Tensor? labels) => labels is null == synthesizer.IsConditional
            ? throw new ArgumentException($"{synthesizer.Card.Name} is {(labels is null ? "conditional: it needs labels" : "not conditional: it takes no labels")}")
            : labels;
    }
}
