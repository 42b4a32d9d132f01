using Understudy.Data;
using Understudy.Data.Splitting;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Denoising;

/// <summary>ssDAAE: a denoising adversarial autoencoder that names the class beside the code, taught by few labels and many images.</summary>
/// <remarks>
/// Creswell, Pouplin, Bharath, IET Computer Vision, 2018, 1801.00693; in the form of semi-supervised adversarial autoencoders (Makhzani et
/// al., 2015, 1511.05644, section 4): ρ CE(ŷ, y) on labelled images + BCE(Dec([z, y′]), x) + a_z BCE(D_z(z), 1) + a_y BCE(D_y(ŷ), 1) on
/// all, z and ŷ of the corrupted image, y′ the label where it is known and ŷ where not.
/// </remarks>
public sealed class SsDaae(SsDaaeOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : GeneratorSynthesizer(shape, classNames, options.LatentSize)
{
    private const string EncoderFile = "encoder.pt";
    private const int DiscriminatorWidth = 500;
    private const int StepsBetweenValidations = 50;

    private LabellingEncoder? encoder;
    private Module? codeDiscriminator;
    private Module? classDiscriminator;
    private Adam? optimizer;
    private Adam? optimizerD;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "ssdaae",
        "Creswell, Pouplin, Bharath: Denoising adversarial autoencoders: classifying skin lesions using limited labelled training data, IET Computer Vision 2018, arXiv 1801.00693",
        "image",
        MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => true;

    /// <inheritdoc/>
    protected override PixelRange Range => PixelRange.Unit;

    private LabellingEncoder Encoder => encoder ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    private Corruption Corruption => new(options.Sigma);

    private bool UsesUnlabelled => options.ReconstructionWeight > 0 || options.CodeWeight > 0 || options.LabelWeight > 0;

    /// <inheritdoc/>
    public override long Fit(PrivateData<ImageSet> members, FitContext context)
    {
        var records = members.OpenUnaccounted($"training of {Path.GetFileName(context.Directory)}", "the method carries no guarantee");
        return Train(records, context, null);
    }

    /// <summary>Trains it, and keeps the encoder whose predictions of held-out images score highest, asked every 50 steps.</summary>
    /// <param name="records">Labelled images, of which it sees as many labels as the options say.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <param name="validation">Held-out images, and the score of their class probabilities [N, K]; null keeps the last encoder.</param>
    /// <exception cref="InputException">The images have no labels, or too few are to be used for every class to have one.</exception>
    public long Train(ImageSet records, FitContext context, (ImageSet Images, Func<float[], double> Score)? validation)
    {
        if (records.Labels is null) throw new InputException($"{Card.Name} learns classes, and the images have no labels; use a method without labels (daae, idaae)");
        return Train(records, Labelled(records, context.Seed), context, validation);
    }

    /// <summary>As the other, with the labelled images named.</summary>
    internal long Train(ImageSet records, int[] labelled, FitContext context, (ImageSet Images, Func<float[], double> Score)? validation)
    {
        Build(Seed.Derive(context.Seed, "initialization"));
        optimizer = new Adam([.. Encoder.Parameters, .. Generator.Parameters], options.LearningRate);
        optimizerD = new Adam([.. codeDiscriminator!.Parameters, .. classDiscriminator!.Parameters], options.LearningRate);
        using var data = new ImageTensors(records, Range, Device);
        using var selection = new Selection(Encoder);
        var known = new BalancedSampler(labelled, records.Labels!, options.BatchSize, Seed.Derive(context.Seed, "labelled"));
        var unknown = new BatchSampler(records.Count, options.BatchSize, Seed.Derive(context.Seed, "unlabelled"));
        var done = new TrainingLoop
        {
            Name = ("generation", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.Steps,
            CheckpointEvery = options.CheckpointEvery,
            Seed = context.Seed,
            LossNames = ["discriminator", "adversarial", "reconstruction", "class", "entropy"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary>
                {
                    ["generator"] = Generator.State, ["encoder"] = Encoder.State, ["selection"] = selection.State,
                    ["codeDiscriminator"] = codeDiscriminator.State, ["classDiscriminator"] = classDiscriminator.State,
                },
                new Dictionary<string, Optimizer> { ["optimizer"] = optimizer, ["optimizerD"] = optimizerD }),
            Step = step =>
            {
                var (x, y) = data.Batch(known.Batch(step));
                var losses = Step(UsesUnlabelled ? Tensor.Cat([x, data.Batch(unknown.Batch(step)).Images]) : x, y!, step < options.DetachSteps);
                if (validation is { } held && (step + 1) % StepsBetweenValidations == 0) selection.Offer(held.Score(Probabilities(held.Images)));
                return losses;
            },
            AtCheckpoint = step => WriteGrid(context, step),
        }.Run(context.Progress, context.Cancellation);
        if (validation is not null) selection.Restore();
        return done;
    }

    /// <summary>Class probabilities of clean images, [N, K].</summary>
    public float[] Probabilities(ImageSet images) => InBatches(images, x => F.Softmax(Encoder.Forward(x), 1));

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        base.Save(directory);
        Encoder.State.Save(Path.Combine(directory, EncoderFile));
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        base.Load(directory);
        using var scope = new TensorScope();
        Encoder.Load(StateDictionary.Load(Path.Combine(directory, EncoderFile)));
    }

    /// <summary>y′ of labelled images and then unlabelled ones, [B, K]: the label as one-hot, and ŷ, through which no gradient flows if it is detached.</summary>
    internal static Tensor DecoderLabels(Tensor known, Tensor predicted, bool isDetached)
    {
        var unlabelled = predicted.Narrow(0, known.Size(0), predicted.Size(0) - known.Size(0));
        return Tensor.Cat([known, isDetached ? unlabelled.Detach() : unlabelled]);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        foreach (var part in new IDisposable?[] { encoder, codeDiscriminator, classDiscriminator, optimizer, optimizerD }) part?.Dispose();
        (encoder, codeDiscriminator, classDiscriminator, optimizer, optimizerD) = (null, null, null, null, null);
    }

    /// <inheritdoc/>
    protected override Module BuildGenerator() => ConvolutionalCoder.Decoder(Shape, options.Width, options.LatentSize + ClassCount, normalized: false);

    /// <inheritdoc/>
    protected override void Build(ulong seed)
    {
        base.Build(seed);
        using var scope = new TensorScope();
        encoder = new LabellingEncoder(Shape, options.Width, options.LatentSize, ClassCount);
        codeDiscriminator = DenseAutoencoder.Discriminator(options.LatentSize, DiscriminatorWidth);
        classDiscriminator = DenseAutoencoder.Discriminator(ClassCount, DiscriminatorWidth);
        foreach (var network in new[] { encoder, codeDiscriminator, classDiscriminator }) network.To(Device);
    }

    /// <summary>x: the labelled images first, whose labels are y.</summary>
    private float[] Step(Tensor x, Tensor y, bool isDetached)
    {
        var (z, logits) = Encoder.Encode(Corruption.Of(x)); // [B, nz], [B, K]
        var predicted = F.Softmax(logits, 1);
        var lossD = UpdateDiscriminators(z.Detach(), predicted.Detach());

        var classes = F.CrossEntropy(logits.Narrow(0, 0, y.Size(0)), y);
        var adversarial = Adversarial(z, predicted);
        var loss = options.ClassWeight * classes;
        if (adversarial is not null) loss += adversarial;
        Tensor? reconstruction = null;
        if (options.ReconstructionWeight > 0)
        {
            var decoded = DenseAutoencoder.Logits(Generator, Tensor.Cat([z, DecoderLabels(OneHot(y), predicted, isDetached)], 1));
            reconstruction = F.BinaryCrossEntropyWithLogits(decoded, x);
            loss += options.ReconstructionWeight * reconstruction;
        }
        optimizer!.ZeroGrad();
        loss.Backward();
        optimizer.Step();
        var mean = predicted.Detach().Mean([0]);
        return [lossD, adversarial?.Item<float>() ?? 0, reconstruction?.Item<float>() ?? 0, classes.Item<float>(), -(mean * (mean + 1e-12).Log()).Sum().Item<float>()];
    }

    private float UpdateDiscriminators(Tensor z, Tensor predicted)
    {
        var losses = new List<Tensor>();
        if (options.CodeWeight > 0) losses.Add(AutoencoderLosses.Discriminator(codeDiscriminator!.Forward(Noise(z.Size(0))), codeDiscriminator.Forward(z)));
        if (options.LabelWeight > 0)
        {
            var certain = OneHot(Tensor.RandInt(0, ClassCount, [z.Size(0)], device: Device)); // [B, K] ~ Cat(1/K)
            losses.Add(AutoencoderLosses.Discriminator(classDiscriminator!.Forward(certain), classDiscriminator.Forward(predicted)));
        }
        if (losses.Count == 0) return 0;
        var loss = Tensor.Stack([.. losses]).Sum();
        optimizerD!.ZeroGrad();
        loss.Backward();
        optimizerD.Step();
        return loss.Item<float>();
    }

    /// <summary>a_z BCE(D_z(z), 1) + a_y BCE(D_y(ŷ), 1); null where both weights are 0.</summary>
    private Tensor? Adversarial(Tensor z, Tensor predicted)
    {
        var losses = new List<Tensor>();
        codeDiscriminator!.Freeze();
        classDiscriminator!.Freeze();
        if (options.CodeWeight > 0) losses.Add(options.CodeWeight * AutoencoderLosses.Encoder(codeDiscriminator.Forward(z)));
        if (options.LabelWeight > 0) losses.Add(options.LabelWeight * AutoencoderLosses.Encoder(classDiscriminator.Forward(predicted)));
        codeDiscriminator.Unfreeze();
        classDiscriminator.Unfreeze();
        return losses.Count == 0 ? null : Tensor.Stack([.. losses]).Sum();
    }

    /// <summary>The images whose labels are used; those of fewer labels are among those of more.</summary>
    private int[] Labelled(ImageSet records, ulong seed)
    {
        if (options.Labels == 0 || options.Labels >= records.Count) return [.. Enumerable.Range(0, records.Count)];
        var chosen = new SplitOrder(records, records.Count, Seed.Derive(seed, "labels")).Take("labels", options.Labels);
        var missing = Enumerable.Range(0, ClassCount).Except(chosen.Select(i => records.Labels![i])).ToArray();
        return missing.Length == 0
            ? chosen
            : throw new InputException($"'labels' is {options.Labels}, and among as many images there is none of class '{records.ClassNames[missing[0]]}'; give more");
    }
}
