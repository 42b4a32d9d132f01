using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Serialization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>InfoGAN: part of the noise is a code c that Q must read back from the image, so that the code comes to mean something.</summary>
/// <remarks>
/// Chen, Duan, Houthooft, Schulman, Sutskever, Abbeel, NIPS 2016, 1606.03657. With L_I = E log Q(c | G(z, c)) + H(c) (equation 5), a
/// lower bound of the mutual information I(c; G(z, c)), and λ: L_D = E softplus(-D(x)) + E softplus(D(G(z, c))) - λ L_I,
/// L_G = E softplus(-D(G(z, c))) - λ L_I (equation 6). Its samples carry no labels.
/// </remarks>
public sealed class InfoGan(InfoGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : JudgingGan(options, shape, classNames), IReadsCodes
{
    internal const string RecognitionFile = "recognition.pt";

    private readonly LatentCodes codes = new(options.Categorical, options.Continuous, options.FixStd);

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "infogan",
        "Chen, Duan, Houthooft, Schulman, Sutskever, Abbeel: InfoGAN: Interpretable Representation Learning by Information Maximizing Generative Adversarial Nets, NIPS 2016, arXiv 1606.03657",
        "image",
        MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <inheritdoc/>
    public LatentCodes Codes => codes;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "generator", "categoricalInformation", "continuousInformation"];

    /// <inheritdoc/>
    protected override PixelRange Range => Shape.Height == 28 ? PixelRange.Unit : PixelRange.SignedUnit;

    private InfoGanDiscriminator Recognition => (InfoGanDiscriminator)Discriminator;

    /// <inheritdoc/>
    public int[] ReadCategory(ImageSet images) => Recognition.ReadCategory(images, Range, codes, Device);

    /// <inheritdoc/>
    public (ImageSet Images, int Columns) Traverse(int code, int rows, int columns, ulong seed) => Traverse(codes, code, rows, columns, seed);

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        base.Save(directory);
        Discriminator.State.Save(Path.Combine(directory, RecognitionFile));
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        base.Load(directory);
        using var scope = new TensorScope();
        Discriminator.Load(StateDictionary.Load(Path.Combine(directory, RecognitionFile)));
    }

    /// <summary>Q is a head of the discriminator.</summary>
    public override bool SavesDiscriminator => true;

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(InfoGanGenerator.Build(Options.LatentSize + codes.Size, Shape, Options.Width));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => Initialized(new InfoGanDiscriminator(Shape, Options.Width, codes.ParameterCount));

    /// <inheritdoc/>
    protected override Tensor[] ParametersOfD() =>
        options.QOptimiser == QOptimiser.D ? Discriminator.Parameters : Recognition.Source.Parameters;

    /// <inheritdoc/>
    protected override Tensor[] ParametersOfG() =>
        options.QOptimiser == QOptimiser.D ? Generator.Parameters : [.. Generator.Parameters, .. Recognition.CodeHeadParameters];

    /// <summary>z ~ U(-1, 1).</summary>
    protected override Tensor Noise(long count) => (Tensor.Rand([count, Options.LatentSize], device: Device) * 2) - 1;

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var c = codes.Sample(x.Size(0), Device); // [B, codes]
        var fake = Generator.Forward(Tensor.Cat([Noise(x.Size(0)), c], 1)); // [B, C, H, W]

        var (fakeSource, fakeCode) = Recognition.Heads(fake.Detach());
        var (categorical, continuous) = codes.MutualInformation(c, fakeCode);
        var lossD = F.Softplus(-Recognition.Forward(x)).Mean() + F.Softplus(fakeSource).Mean();
        UpdateDiscriminator(lossD - (options.Lambda * (categorical + continuous)));

        // What the generator's optimiser holds of Q learns with it.
        var (adversarial, information) = Frozen(options.QOptimiser == QOptimiser.D ? Recognition : Recognition.Source, () =>
        {
            var (source, code) = Recognition.Heads(fake);
            var (ofCategories, ofReals) = codes.MutualInformation(c, code);
            return (F.Softplus(-source).Mean(), ofCategories + ofReals);
        });
        UpdateGenerator(adversarial - (options.Lambda * information));
        return [lossD.Item<float>(), adversarial.Item<float>(), categorical.Item<float>(), continuous.Item<float>()];
    }

    /// <inheritdoc/>
    protected override Tensor GeneratorInput(long count, long[]? labels) => Tensor.Cat([Noise(count), codes.Sample(count, Device)], 1);
}
