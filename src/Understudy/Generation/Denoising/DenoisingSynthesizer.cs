using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Generation.Denoising;

/// <summary>What all autoencoders here share: E and Dec of linear layers, codes and the Markov chain.</summary>
/// <remarks>Creswell, Bharath, "Denoising Adversarial Autoencoders", 2017, 1703.01220. The decoder is the generator; a method says its step.</remarks>
public abstract class DenoisingSynthesizer(AutoencoderOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : TrainedSynthesizer(options, shape, classNames), IEncodesImages
{
    private const string EncoderName = "encoder";
    private const string EncoderFile = "encoder.pt";
    private const int Batch = 500;

    private Module? encoder;
    private Learner? learner;

    /// <inheritdoc/>
    public sealed override bool IsConditional => false;

    /// <inheritdoc/>
    public int LatentSize => options.LatentSize;

    /// <summary>E: [B, C, H, W] → [B, nz], the same code for the same image.</summary>
    protected Module Encoder => encoder ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    /// <summary>Makes x̃ of x, in training and in the Markov chain.</summary>
    protected virtual Corruption Corruption => default;

    /// <summary>Steps of the Markov chain between a draw from the prior and a sample.</summary>
    protected virtual int MarkovSteps => 0;

    /// <inheritdoc/>
    protected override PixelRange Range => PixelRange.Unit;

    /// <inheritdoc/>
    public Tensor Encode(ImageSet images) => Codes(images, default);

    /// <summary>The codes of corrupted images, one draw of noise each, [N, nz].</summary>
    /// <param name="images">Clean images.</param>
    /// <param name="seed">Of the noise.</param>
    public Tensor EncodeCorrupted(ImageSet images, ulong seed)
    {
        TorchRuntime.ManualSeed(seed);
        return Codes(images, Corruption);
    }

    /// <inheritdoc/>
    public ImageSet Decode(Tensor codes)
    {
        using var generating = new Generating(this);
        var pixels = new List<byte>();
        for (long start = 0; start < codes.Size(0); start += Batch)
        {
            using var scope = new TensorScope();
            pixels.AddRange(ImageTensors.ToPixels(Generator.Forward(codes.Narrow(0, start, Math.Min(Batch, codes.Size(0) - start)).To(Device)), Range));
        }
        return new ImageSet(Shape, [.. pixels]);
    }

    /// <summary>Images x₀ = Dec(z₀), z₀ ~ p(z), and after each step x ← Dec(E(x + σ ε)): steps + 1 sets of the same chains.</summary>
    /// <param name="count">Chains.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="seed">Same seed, same chains.</param>
    public IReadOnlyList<ImageSet> Chain(int count, int steps, ulong seed)
    {
        using var generating = new Generating(this);
        using var average = WithAverage(EncoderName);
        var pixels = Enumerable.Range(0, steps + 1).Select(_ => new byte[(long)count * Shape.Length]).ToArray();
        for (var start = 0; start < count; start += Batch)
        {
            using var scope = new TensorScope();
            TorchRuntime.ManualSeed(Seed.Derive(seed, "chain", start));
            var x = Generator.Forward(Noise(Math.Min(Batch, count - start)));
            for (var t = 0; t <= steps; t++)
            {
                if (t > 0) x = MarkovStep(x);
                ImageTensors.ToPixels(x, Range).CopyTo(pixels[t], (long)start * Shape.Length);
            }
        }
        return [.. pixels.Select(p => new ImageSet(Shape, p))];
    }

    /// <inheritdoc/>
    public sealed override void Save(string directory)
    {
        base.Save(directory);
        using var average = WithAverage(EncoderName);
        Encoder.State.Save(Path.Combine(directory, EncoderFile));
    }

    /// <inheritdoc/>
    public sealed override void Load(string directory)
    {
        base.Load(directory);
        using var scope = new TensorScope();
        Encoder.Load(StateDictionary.Load(Path.Combine(directory, EncoderFile)));
    }

    /// <inheritdoc/>
    protected sealed override Module BuildGenerator() => DenseAutoencoder.Decoder(Shape, options.DecoderLayers, options.Width, options.LatentSize);

    /// <inheritdoc/>
    protected override void BuildParts() =>
        encoder = AddNetwork(EncoderName, DenseAutoencoder.Encoder(Shape, options.EncoderLayers, options.Width, options.LatentSize), averaged: true);

    /// <inheritdoc/>
    protected override void AddLearners() =>
        learner = AddLearner("optimizer", new Learner(new Adam([.. Encoder.Parameters, .. Generator.Parameters], options.LearningRate)));

    /// <inheritdoc/>
    protected sealed override Tensor Render(Tensor input)
    {
        using var average = WithAverage(EncoderName);
        var x = Generator.Forward(input);
        for (var t = 0; t < MarkovSteps; t++) x = MarkovStep(x);
        return x;
    }

    /// <summary>L_rec of a batch.</summary>
    protected Tensor Reconstruction(Tensor x) =>
        AutoencoderLosses.Reconstruction(Encoder.Forward, z => DenseAutoencoder.Logits(Generator, z), Corruption, x);

    /// <summary>One step of encoder and decoder.</summary>
    protected void UpdateAutoencoder(Tensor loss) => learner!.Lower(loss);

    private Tensor MarkovStep(Tensor x) => Generator.Forward(Encoder.Forward(Corruption.Of(x)));

    private Tensor Codes(ImageSet images, Corruption corruption)
    {
        using var average = WithAverage(EncoderName);
        return Tensor.From(InBatches(images, x => Encoder.Forward(corruption.Of(x))), images.Count, options.LatentSize);
    }
}
