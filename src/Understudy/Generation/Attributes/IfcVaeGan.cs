using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Generation.Attributes;

/// <summary>IFcVAE-GAN: an image becomes an attribute y and a code z that says nothing of y, so that y can be changed or taken away.</summary>
/// <remarks>
/// Creswell, Mohamied, Sengupta, Bharath, "Adversarial Information Factorization", 2017, 1711.05175. With z = μ + σ ε drawn once a step and
/// x̂ = Dec([ŷ, z]), encoder and decoder lower
/// BCE(x̂, x) + α KL + ρ BCE(ŷ, y) + β BCE(y(E(x̂)), y) − γ BCE(AUX(z), y) + δ L_gen, the adversary BCE(AUX(z), y), the discriminator L_dis
/// (see <see cref="FactorizationLosses"/>). The error of x̂ moves the head that says ŷ too, not ρ alone: without it the head learns later. The attribute is the class of the records, which must be of two.
/// </remarks>
public sealed class IfcVaeGan(IfcVaeGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : TrainedSynthesizer(options, shape, classNames)
{
    private const string EncoderName = "encoder";
    private const string EncoderFile = "encoder.pt";
    private const string NormalizationFile = "normalization.pt";
    private const int Batch = 500;
    private const double Memory = 0.98; // of the adversary's accuracy
    private const double NearMajority = 0.01;
    private const double DiscriminatorDecay = 0.9;

    private readonly FactorizationLosses losses = new(options.AsPublished);
    private AttributeEncoder? encoder;
    private CodeNormalization? normalization;
    private Module? adversary;
    private Module? discriminator;
    private Learner? learner;
    private Learner? learnerOfAdversary;
    private Learner? learnerD;
    private Tensor? accuracy; // [1] of the adversary, recent batches counting most
    private double majority;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "ifcvae-gan", "Creswell, Mohamied, Sengupta, Bharath: Adversarial Information Factorization, 2017, arXiv 1711.05175", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => true;

    /// <inheritdoc/>
    protected override PixelRange Range => PixelRange.Unit;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "reconstruction", "divergence", "attribute", "attributeOfReconstruction", "adversary", "generator"];

    private AttributeEncoder Encoder => encoder ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    /// <summary>The codes μ of images, [N, nz].</summary>
    public Tensor Encode(ImageSet images)
    {
        var codes = Rows(images, x => Codes(x).Mean);
        return Tensor.From(codes, images.Count, options.LatentSize);
    }

    /// <summary>Codes z = μ + σ ε of images, one draw each, [N, nz].</summary>
    /// <param name="images">Images of the shape that it was trained on.</param>
    /// <param name="seed">Of the noise.</param>
    public Tensor Draw(ImageSet images, ulong seed)
    {
        TorchRuntime.ManualSeed(seed);
        var codes = Rows(images, x =>
        {
            var (mean, logVariance, _) = Codes(x);
            return mean + ((0.5 * logVariance).Exp() * Tensor.RandNLike(mean));
        });
        return Tensor.From(codes, images.Count, options.LatentSize);
    }

    /// <summary>The probability that each image has the attribute of value 1, [N]; half is the threshold.</summary>
    public float[] Attribute(ImageSet images) => Rows(images, x => Encoder.Encode(x).Attribute.Sigmoid());

    /// <summary>Dec([y, μ(x)]): images as they would be with that value of the attribute; nothing is drawn at random.</summary>
    /// <param name="images">Images of the shape that it was trained on.</param>
    /// <param name="value">0 or 1; null for the attribute that each image shows, as the encoder reads it.</param>
    public ImageSet Edit(ImageSet images, int? value)
    {
        using var data = new ImageTensors(images, Range, Device);
        using var generating = new Generating(this);
        using var average = WithAverage(EncoderName);
        var pixels = new byte[(long)images.Count * Shape.Length];
        for (var start = 0; start < images.Count; start += Batch)
        {
            using var scope = new TensorScope();
            var (mean, _, attribute) = Codes(data.Images(start, Math.Min(Batch, images.Count - start)));
            var y = value is { } forced ? Tensor.Full(attribute.Shape, forced, device: Device) : attribute.Sigmoid();
            ImageTensors.ToPixels(Generator.Forward(Tensor.Cat([mean, y], 1)), Range).CopyTo(pixels, (long)start * Shape.Length);
        }
        return new ImageSet(Shape, pixels, images.Labels, images.Labels is null ? null : images.ClassNames);
    }

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        base.Save(directory);
        using var average = WithAverage(EncoderName);
        Encoder.State.Save(Path.Combine(directory, EncoderFile));
        normalization?.State.Save(Path.Combine(directory, NormalizationFile));
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        base.Load(directory);
        using var scope = new TensorScope();
        Encoder.Load(StateDictionary.Load(Path.Combine(directory, EncoderFile)));
        normalization?.Load(StateDictionary.Load(Path.Combine(directory, NormalizationFile)));
    }

    /// <summary>The attribute's logit of a reconstruction, [B, 1], for the β term.</summary>
    internal static Tensor AttributeOf(AttributeEncoder encoder, Tensor reconstruction, BetaPath path) => path == BetaPath.AsPublished
        ? encoder.Attribute(reconstruction, isDetached: true)
        : Frozen(encoder, () => encoder.Attribute(reconstruction, isDetached: false));

    /// <inheritdoc/>
    protected override Module BuildGenerator() => ConvolutionalCoder.Decoder(Shape, options.Width, options.LatentSize + 1, normalized: true);

    /// <inheritdoc/>
    protected override void BuildParts()
    {
        if (ClassCount != 2) throw new InputException($"{Card.Name} edits an attribute of two values, and the data have {ClassCount} classes; name data of two classes, or an attribute in 'edit'");
        encoder = AddNetwork(EncoderName, new AttributeEncoder(Shape, options.Width, options.LatentSize, options.AttributeTrunk), averaged: true);
        normalization = options.NormalizeCodes ? AddNetwork("normalization", new CodeNormalization(options.LatentSize)) : null;
        adversary = AddNetwork("adversary", new Sequential(
            new Linear(options.LatentSize, options.AuxWidth), new ReLU(), new Linear(options.AuxWidth, options.AuxWidth), new ReLU(), new Linear(options.AuxWidth, 1)));
        discriminator = AddNetwork("discriminator", AttributeEncoder.Discriminator(Shape, options.Width));
    }

    /// <inheritdoc/>
    protected override void Prepare(ImageSet records, FitContext context)
    {
        var share = records.Labels!.Average();
        majority = Math.Max(share, 1 - share);
        accuracy = TensorScope.Persist(Tensor.Ones([1]));
        AddState("adversaryAccuracy", new StateDictionary { { "accuracy", accuracy } });
    }

    /// <summary>The statistics by which codes are normalised, of all members and of the averaged encoder: those of training lag behind, and what they lag by would tell the attribute.</summary>
    protected override void Finish(ImageSet records)
    {
        if (normalization is null) return;
        using var scope = new TensorScope();
        var means = Tensor.From(Rows(records, x => Encoder.Encode(x).Mean), records.Count, options.LatentSize);
        var values = Tensor.From(Rows(records, x => Read(Encoder.Encode(x).Attribute)), records.Count, 1);
        normalization.Settle(means.To(Device), values.To(Device));
    }

    /// <inheritdoc/>
    protected override void AddLearners()
    {
        learner = AddLearner("optimizer", new Learner(new RmsProp([.. Encoder.Parameters, .. Generator.Parameters], options.LearningRate)));
        learnerOfAdversary = AddLearner("optimizerOfAdversary", new Learner(new RmsProp(adversary!.Parameters, options.LearningRate)));
        learnerD = AddLearner("optimizerD", new Learner(new RmsProp(discriminator!.Parameters, options.LearningRate, DiscriminatorDecay)));
    }

    /// <inheritdoc/>
    protected override Tensor GeneratorInput(long count, long[]? labels) => Input(Noise(count), Tensor.From(labels!));

    /// <inheritdoc/>
    protected override Tensor FromLatents(Tensor latents, Tensor? labels) => Generator.Forward(Input(latents, labels!));

    /// <inheritdoc/>
    protected override double RateFactor(long step) => options.LearningRateDecay ? LearningRateFactor.LinearDecay(options.Steps / 2, options.Steps)(step) : 1;

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var y = labels!.To(DType.Float32).Unsqueeze(1); // [B, 1]
        var (mean, logVariance, attribute) = Encoder.Encode(x);
        if (normalization is not null) mean = normalization.Learn(mean, y);
        var deviation = (0.5 * logVariance).Exp();
        var z = mean + (deviation * Tensor.RandNLike(mean)); // [B, nz]
        var told = options.AdversaryReadsMean ? mean : z;
        var logits = Logits(Tensor.Cat([z, attribute.Sigmoid()], 1)); // [B, C, H, W]
        var (reconstructed, random) = (logits.Sigmoid(), Generator.Forward(Tensor.Cat([Noise(x.Size(0)), y], 1)));

        var reconstruction = losses.Reconstruction(logits, x);
        var divergence = losses.Divergence(mean, logVariance);
        var read = losses.Attribute(attribute, y);
        // Decoded anew from what nothing can be taught through: by way of z, β would teach the encoder to write into z what γ takes out of it.
        var shown = losses.Attribute(AttributeOf(Encoder, Logits(Tensor.Cat([z.Detach(), attribute.Detach().Sigmoid()], 1)).Sigmoid(), options.BetaPath), y);
        var hidden = Frozen(adversary!, () => losses.Hidden(adversary!.Forward(told), y, options.Hiding));
        var judged = Frozen(discriminator!, () => losses.Generator(discriminator!.Forward(reconstructed), discriminator.Forward(random)));
        learner!.Lower(reconstruction + (options.Alpha * divergence) + (options.Rho * read) + (options.Beta * shown) + (GammaNow() * hidden) + (options.Delta * judged));

        var lossOfAdversary = UpdateAdversary(told.Detach(), mean.Detach(), deviation.Detach(), y);
        var lossD = losses.Discriminator(discriminator!.Forward(x), discriminator.Forward(reconstructed.Detach()), discriminator.Forward(random.Detach()));
        learnerD!.Lower(lossD);
        return Array.ConvertAll([lossD, reconstruction, divergence, read, shown, lossOfAdversary, judged], loss => loss.Item<float>());
    }

    /// <summary>Steps of the adversary: the first on what the encoder hid from it, the others on new draws of the same codes, whose noise it cannot learn by heart.</summary>
    private Tensor UpdateAdversary(Tensor told, Tensor mean, Tensor deviation, Tensor y)
    {
        Tensor? loss = null;
        learnerOfAdversary!.RateFactor = 1; // it is to catch up with an encoder that comes to rest
        for (var i = 0; i < options.AuxSteps; i++)
        {
            if (i > 0 && !options.AdversaryReadsMean) told = mean + (deviation * Tensor.RandNLike(mean));
            var guess = adversary!.Forward(told);
            if (i == 0) accuracy!.LerpInPlace(guess.Detach().Gt(0).To(DType.Float32).Eq(y).To(DType.Float32).Mean().Reshape(1).To(Device.Cpu), 1 - Memory);
            loss = losses.Attribute(guess, y);
            learnerOfAdversary!.Lower(loss);
        }
        return loss!;
    }

    /// <summary>γ: it rises, and rests while the adversary knows no more than the majority rate.</summary>
    private double GammaNow()
    {
        var isBeaten = options.StopAtMajority && accuracy!.Item<float>() <= majority + NearMajority;
        return isBeaten ? 0 : options.Gamma * Math.Min(1, (StepsDone + 1.0) / Math.Max(1, options.GammaRampSteps));
    }

    private Tensor Logits(Tensor input) => ((Sequential)Generator)[0].Forward(input);

    private Tensor Input(Tensor latents, Tensor labels) => Tensor.Cat([latents, labels.To(Device).To(DType.Float32).Unsqueeze(1)], 1);

    /// <summary>What codes are made of, μ normalised where it is asked for by the attribute that the encoder reads.</summary>
    private (Tensor Mean, Tensor LogVariance, Tensor Attribute) Codes(Tensor x)
    {
        var (mean, logVariance, attribute) = Encoder.Encode(x);
        return (normalization is null ? mean : normalization.Apply(mean, Read(attribute)), logVariance, attribute);
    }

    /// <summary>Logits as the value that they name, 0 or 1.</summary>
    private static Tensor Read(Tensor attribute) => attribute.Ge(0).To(DType.Float32);

    private float[] Rows(ImageSet images, Func<Tensor, Tensor> forward)
    {
        using var average = WithAverage(EncoderName);
        return InBatches(images, forward);
    }
}
