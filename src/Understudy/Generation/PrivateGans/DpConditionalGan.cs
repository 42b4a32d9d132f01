using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.PrivateGans;

/// <summary>DP-cGAN: the conditional GAN with a discriminator that trains by DP-SGD. Classes of generated images are drawn uniformly, or in shares that a noised count has given.</summary>
/// <remarks>
/// Torkzadehmahani, Kairouz, Paten, CVPR workshops 2019, 2001.09700. A record's label is as private as its image: it enters the discriminator with
/// the image and nowhere else. The discriminator is a <see cref="ProjectionDiscriminator"/>: under noise it learns in a third of the steps of one
/// that is shown the class as channels of the image.
/// </remarks>
public sealed class DpConditionalGan(DpConditionalGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : PrivateGan(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dp-cgan",
        "Torkzadehmahani, Kairouz, Paten: DP-CGAN: Differentially Private Synthetic Data and Label Generation, CVPR workshops 2019, arXiv 2001.09700; Bie, Kamath, Zhang: Private GANs, Revisited, TMLR 2023, arXiv 2302.02936; Miyato, Koyama: cGANs with Projection Discriminator, ICLR 2018, arXiv 1802.05637",
        "image",
        "(ε, δ)-DP");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => true;

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(DcGenerator.Build(Options.LatentSize + ClassCount, Shape, Options.Width));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => new ProjectionDiscriminator(Shape, ClassCount, options.Width, options.Hidden);

    /// <inheritdoc/>
    protected override (Tensor Images, Tensor? Labels) Draw(long count)
    {
        var labels = (ClassShares is null ? Tensor.RandInt(0, ClassCount, [count]) : Tensor.From(ClassShares.ToArray()).Multinomial(count, replacement: true)).To(Device); // [B]
        return (Generator.Forward(Tensor.Cat([Noise(count), OneHot(labels)], 1)), labels);
    }

    /// <inheritdoc/>
    protected override Tensor Judge(Tensor images, Tensor? labels) => ((ProjectionDiscriminator)Discriminator).Forward(images, OneHot(labels!));
}
