using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Generation.PrivateGans;

/// <summary>DP-InfoGAN: an InfoGAN whose discriminator trains by DP-SGD. Q learns from generated images alone, so reading the codes is free.</summary>
/// <remarks>
/// Mugunthan, Gokul, Kagal, Dubnov, EuroMLSys 2021, 2010.11398. Private: trunk and discriminator head, by softplus(-D(xᵢ)) + softplus(D(G(zᵢ, cᵢ))).
/// Free: -λ L_I, which trunk and Q lower in the same update, and the generator's softplus(-D(G(z, c))) - λ L_I.
/// </remarks>
public sealed class DpInfoGan(DpInfoGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : PrivateGan(options, shape, classNames), IReadsCodes
{
    private readonly LatentCodes codes = new(options.Categorical, options.Continuous, options.FixStd);
    private Tensor? drawn;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dp-infogan",
        "Mugunthan, Gokul, Kagal, Dubnov: DPD-InfoGAN: Differentially Private Distributed InfoGAN, EuroMLSys 2021, arXiv 2010.11398",
        "image",
        "(ε, δ)-DP");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <inheritdoc/>
    public LatentCodes Codes => codes;

    /// <inheritdoc/>
    protected override PixelRange Range => Shape.Height == 28 ? PixelRange.Unit : PixelRange.SignedUnit;

    private InfoGanDiscriminator Recognition => (InfoGanDiscriminator)Discriminator;

    /// <inheritdoc/>
    public int[] ReadCategory(ImageSet images) => Recognition.ReadCategory(images, Range, codes, Device);

    /// <inheritdoc/>
    public (ImageSet Images, int Columns) Traverse(int code, int rows, int columns, ulong seed) => Traverse(codes, code, rows, columns, seed);

    /// <summary>Q is a head of the discriminator.</summary>
    public override bool SavesDiscriminator => true;

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        base.Save(directory);
        Discriminator.State.Save(Path.Combine(directory, InfoGan.RecognitionFile));
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        base.Load(directory);
        using var scope = new TensorScope();
        Discriminator.Load(StateDictionary.Load(Path.Combine(directory, InfoGan.RecognitionFile)));
    }

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(InfoGanGenerator.Build(Options.LatentSize + codes.Size, Shape, Options.Width));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => Initialized(new InfoGanDiscriminator(Shape, Options.Width, codes.ParameterCount, normalized: false));

    /// <inheritdoc/>
    protected override Module PrivateNetwork => Recognition.Source;

    /// <summary>z ~ U(-1, 1).</summary>
    protected override Tensor Noise(long count) => (Tensor.Rand([count, Options.LatentSize], device: Device) * 2) - 1;

    /// <inheritdoc/>
    protected override Tensor GeneratorInput(long count, long[]? labels) => Tensor.Cat([Noise(count), codes.Sample(count, Device)], 1);

    /// <inheritdoc/>
    protected override (Tensor Images, Tensor? Labels) Draw(long count)
    {
        drawn = codes.Sample(count, Device); // [B, codes]
        return (Generator.Forward(Tensor.Cat([Noise(count), drawn], 1)), null);
    }

    /// <inheritdoc/>
    protected override Func<Tensor> FreeLossOfD => () =>
    {
        Tensor images;
        using (Autograd.NoGrad()) (images, _) = Draw(Options.BatchSize);
        return Information(images);
    };

    /// <inheritdoc/>
    protected override Tensor FreeLossOfG(Tensor fake) => Information(fake);

    // -λ L_I of images made from the codes drawn last.
    private Tensor Information(Tensor images)
    {
        var (categorical, continuous) = codes.MutualInformation(drawn!, Recognition.Heads(images).Code);
        return (categorical + continuous) * -options.Lambda;
    }
}
