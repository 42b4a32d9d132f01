using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Generation.Autoencoders;

/// <summary>What all methods share that train an encoder E beside the generator, which is their decoder. They draw z from the prior N(0, I); samples carry no labels.</summary>
public abstract class AutoencoderSynthesizer(AutoencoderOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : TrainedSynthesizer(options, shape, classNames), IEncodesImages
{
    private const string EncoderName = "encoder";
    private const string EncoderFile = "encoder.pt";
    private const int Batch = 256;

    private Module? encoder;

    /// <inheritdoc/>
    public sealed override bool IsConditional => false;

    /// <inheritdoc/>
    public int LatentSize => options.LatentSize;

    /// <summary>E: [B, C, H, W] → [B, nz], or [B, 2nz] where it says a mean and a log-variance.</summary>
    protected Module Encoder => encoder ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    /// <summary>Whether E says a mean and a log-variance.</summary>
    protected virtual bool IsEncoderRandom => false;

    /// <inheritdoc/>
    public Tensor Encode(ImageSet images)
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        using var average = WithAverage(EncoderName);
        using var data = new ImageTensors(images, Range, Device);
        Encoder.Eval();
        var codes = new List<Tensor>();
        for (var start = 0; start < images.Count; start += Batch)
            codes.Add(Encoder.Forward(data.Images(start, Math.Min(Batch, images.Count - start))).Narrow(1, 0, options.LatentSize).To(Device.Cpu));
        Encoder.Train();
        return scope.Keep(Tensor.Cat([.. codes]));
    }

    /// <inheritdoc/>
    public ImageSet Decode(Tensor codes)
    {
        using var scope = new TensorScope();
        using var generating = new Generating(this);
        var pixels = new List<byte>();
        for (long start = 0; start < codes.Size(0); start += Batch)
            pixels.AddRange(ImageTensors.ToPixels(Generator.Forward(codes.Narrow(0, start, Math.Min(Batch, codes.Size(0) - start)).To(Device)), Range));
        return new ImageSet(Shape, [.. pixels]);
    }

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        base.Save(directory);
        using var scope = new TensorScope();
        using var average = WithAverage(EncoderName);
        Encoder.State.Save(Path.Combine(directory, EncoderFile));
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        base.Load(directory);
        using var scope = new TensorScope();
        Encoder.Load(StateDictionary.Load(Path.Combine(directory, EncoderFile)));
    }

    /// <inheritdoc/>
    protected override Module BuildGenerator() => DcGenerator.Build(options.LatentSize, Shape, options.Width);

    /// <inheritdoc/>
    protected override void BuildParts() => encoder = AddNetwork(
        EncoderName, DcDiscriminator.Build(Shape, options.Width, outputs: IsEncoderRandom ? 2 * options.LatentSize : options.LatentSize), averaged: true);

    /// <summary>Makes a player whose optimiser is Adam.</summary>
    protected Learner AddLearner(string name, IEnumerable<Tensor> parameters) => AddLearner(name, new Learner(new Adam(parameters, options.LearningRate, options.Beta1)));

    /// <summary>q(z | x) of a random encoder: mean and log-variance, [B, nz] each.</summary>
    protected (Tensor Mean, Tensor LogVariance) Posterior(Tensor x)
    {
        var parts = Encoder.Forward(x).Chunk(2, 1);
        return (parts[0], parts[1]);
    }
}
