using Understudy.Data;
using Understudy.Generation.Gan.Tricks;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Serialization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>A GAN whose discriminator is a classifier of K classes and "generated", which learns from few labels and many images. Its samples carry no labels.</summary>
/// <remarks>
/// Salimans, Goodfellow, Zaremba, Cheung, Radford, Chen, NIPS 2016, 1606.03498, section 5, with l the K logits, l_(K+1) = 0 and Z = Σ exp l_k, so that
/// D = Z/(Z + 1): L_D = CE(l(x), y) over the labelled + E softplus(-ln Z(x)) over the others + E softplus(ln Z(G(z)));
/// L_G = ‖E f(x) - E f(G(z))‖² + λ E softplus(-ln Z(G(z))).
/// </remarks>
public sealed class SemiSupervisedGan(SemiSupervisedGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : JudgingGan(options, shape, classNames)
{
    private const string ClassifierFile = "classifier.pt";

    private ImageTensors? labelled;
    private BatchSampler? sampler;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "ssgan", "Salimans, Goodfellow, Zaremba, Cheung, Radford, Chen: Improved Techniques for Training GANs, NIPS 2016, arXiv 1606.03498", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <inheritdoc/>
    protected override bool NeedsLabels => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "classification", "features"];

    private FeatureDiscriminator D => (FeatureDiscriminator)Discriminator;

    /// <summary>E softplus(-ln Z(x)) + E softplus(ln Z(G(z))): -ln D(x) and -ln(1 - D(G(z))) for D = Z/(Z + 1).</summary>
    /// <param name="real">l(x), [B, K].</param>
    /// <param name="fake">l(G(z)), [B, K].</param>
    public static Tensor SourceLoss(Tensor real, Tensor fake) => F.Softplus(-real.LogSumExp([1])).Mean() + F.Softplus(fake.LogSumExp([1])).Mean();

    /// <summary>The records whose class it looks at, of those it is fitted to.</summary>
    /// <param name="records">Labelled images.</param>
    /// <param name="seed">The seed of the fit.</param>
    public ImageSet Labelled(ImageSet records, ulong seed) => records.Subset(Choose(records.Labels!, options.Labelled, seed));

    /// <summary>The class of each image, as the discriminator sees it: [N] in [0, K).</summary>
    public int[] Classify(ImageSet images) => SupervisedDiscriminator.ClassesOf(D, images);

    /// <summary>It is the classifier.</summary>
    public override bool SavesDiscriminator => true;

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        base.Save(directory);
        Discriminator.State.Save(Path.Combine(directory, ClassifierFile));
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        base.Load(directory);
        using var scope = new TensorScope();
        Discriminator.Load(StateDictionary.Load(Path.Combine(directory, ClassifierFile)));
    }

    /// <summary>The records whose class is looked at: in an order that the seed decides, one of each class in turn.</summary>
    internal static int[] Choose(int[] labels, int count, ulong seed)
    {
        var order = Enumerable.Range(0, labels.Length).ToArray();
        new SplitMix64(Seed.Derive(seed, "labelled")).Shuffle(order.AsSpan());
        return [.. order.GroupBy(i => labels[i]).SelectMany(group => group.Select((index, rank) => (index, rank)))
            .OrderBy(record => record.rank).ThenBy(record => labels[record.index]).Take(count).Select(record => record.index)];
    }

    /// <inheritdoc/>
    protected override void Prepare(ImageSet records, FitContext context)
    {
        labelled = new ImageTensors(Labelled(records, context.Seed), Range, Device);
        sampler = new BatchSampler(Math.Min(options.Labelled, records.Count), options.BatchSize, Seed.Derive(context.Seed, "labelled batches"));
    }

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(DcGenerator.Build(options.LatentSize, Shape, options.Width));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => SupervisedDiscriminator.Build(Shape, options.Width, ClassCount);

    /// <summary>ln Z(x): that of D(x).</summary>
    protected override Tensor Judge(Tensor images, Tensor? labels) => D.Forward(images).LogSumExp([1]).Unsqueeze(1); // [B, 1]

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var fake = Generator.Forward(Noise(x.Size(0))); // [B, C, H, W]
        var (known, classes) = labelled!.Batch(sampler!.Batch(StepsDone));

        var classification = F.CrossEntropy(D.Forward(known), classes!);
        var lossD = SourceLoss(D.Forward(x), D.Forward(fake.Detach()));
        UpdateDiscriminator(lossD + classification);

        var (features, adversarial) = WithFrozenDiscriminator(() =>
        {
            var (ofFake, logits) = D.Judge(fake);
            return (FeatureMatching.Loss(D.Judge(x).Features, ofFake), F.Softplus(-logits.LogSumExp([1])).Mean());
        });
        UpdateGenerator(features + (options.AdversarialWeight * adversarial));
        return [lossD.Item<float>(), classification.Item<float>(), features.Item<float>()];
    }

    /// <summary>Frees the networks and the labelled records.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        labelled?.Dispose();
        labelled = null;
    }
}
