using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Translation;

/// <summary>What methods share that translate a source, made from the image itself, into the image.</summary>
/// <remarks>
/// To draw new images one needs new sources, and those of records are private. So a small GAN S learns the sources beside the translator T, and G(z) = T(S(z)):
/// the fitted model holds both and no record. S plays the game of <see cref="CrossEntropyGan"/>; samples carry no labels.
/// </remarks>
public abstract class TranslatingGan(GanOptions options, ImageShape sourceShape, ImageShape shape, IReadOnlyList<string> classNames)
    : GanSynthesizer(options, shape, classNames), ITranslatesImages
{
    private const int Batch = 256;

    // S is a DCGAN, which the few images and channels of a translator would starve: it takes what a DCGAN needs to learn in a short training.
    private const int LeastSources = 64;
    private const int LeastWidth = 32;
    private const double SourceRateD = 2e-4;
    private const double CoarseSourceRateD = 1e-3; // no batch norm speeds its discriminator: a slower one is fooled by a few shapes
    private const double SourceRateG = 1e-3;

    private Module? sourceJudge;
    private Learner? sourceLearnerG;
    private Learner? sourceLearnerD;

    /// <inheritdoc/>
    public sealed override bool IsConditional => false;

    /// <inheritdoc/>
    public ImageShape SourceShape => sourceShape;

    /// <inheritdoc/>
    protected sealed override int BatchesPerStep => TranslatedBatches + ((LeastSources - 1) / Options.BatchSize);

    /// <summary>Batches of records that the translator takes in a step; S takes more where they are small.</summary>
    protected virtual int TranslatedBatches => 1;

    /// <summary>T: [B, sources' shape] → [B, C, H, W].</summary>
    protected Module Translator => ((Sequential)Generator)[1];

    /// <summary>What the names of T's tensors begin with among those of G.</summary>
    protected const string TranslatorPrefix = "1.";

    /// <summary>A translator that has beaten its discriminator still has the source to be faithful to.</summary>
    protected sealed override double? CollapsedLoss => null;

    private Module Sources => ((Sequential)Generator)[0];

    /// <inheritdoc/>
    public ImageSet SourcesOf(ImageSet images) => Convert(images, SourceOf, sourceShape);

    /// <inheritdoc/>
    public ImageSet Translate(ImageSet sources)
    {
        using var generating = new Generating(this);
        return Convert(sources, Translator.Forward, Shape);
    }

    /// <summary>The source of each image, in the range of the images.</summary>
    protected abstract Tensor SourceOf(Tensor x);

    /// <summary>Makes T.</summary>
    protected abstract Module BuildTranslator();

    /// <inheritdoc/>
    protected sealed override Module BuildGenerator() => new Sequential(
        IsConvolutional ? Initialized(DcGenerator.Build(Options.LatentSize, sourceShape, SourceWidth)) : CoarseGenerator.Build(Options.LatentSize, sourceShape, SourceWidth),
        BuildTranslator());

    /// <inheritdoc/>
    protected override void BuildParts()
    {
        base.BuildParts();
        sourceJudge = AddNetwork("sourceDiscriminator", IsConvolutional
            ? Initialized(FeatureDiscriminator.Convolutional(sourceShape, SourceWidth))
            : CoarseDiscriminator.Build(sourceShape, SourceWidth));
    }

    /// <inheritdoc/>
    protected override void AddLearners()
    {
        base.AddLearners();
        sourceLearnerG = AddLearner("optimizerSourceG", LearnerOf(Sources.Parameters, SourceRateG));
        sourceLearnerD = AddLearner("optimizerSourceD", LearnerOf(sourceJudge!.Parameters, IsConvolutional ? SourceRateD : CoarseSourceRateD));
    }

    /// <inheritdoc/>
    protected override Tensor[] ParametersOfG() => Translator.Parameters;

    /// <summary>One step of S and its discriminator.</summary>
    /// <param name="real">[B, …] sources; those of further records join them where they are few.</param>
    /// <returns>The two losses.</returns>
    protected float[] SourceStep(Tensor real)
    {
        var judge = sourceJudge!;
        var more = Enumerable.Range(0, BatchesPerStep - TranslatedBatches).Select(_ => SourceOf(NextBatch().Images)).ToArray();
        if (more.Length > 0) real = Tensor.Cat([real, .. more]);
        var fake = Sources.Forward(Noise(real.Size(0)));
        var lossD = F.Softplus(-judge.Forward(real)).Mean() + F.Softplus(judge.Forward(fake.Detach())).Mean();
        sourceLearnerD!.Lower(lossD);

        var lossG = Frozen(judge, () => F.Softplus(-judge.Forward(fake)).Mean());
        sourceLearnerG!.Lower(lossG);
        return [lossD.Item<float>(), lossG.Item<float>()];
    }

    /// <summary>Images through a function of batches.</summary>
    protected ImageSet Convert(ImageSet images, Func<Tensor, Tensor> convert, ImageShape to)
    {
        using var noGrad = Autograd.NoGrad();
        using var data = new ImageTensors(images, Range, Device);
        var pixels = new byte[images.Count * to.Length];
        for (var start = 0; start < images.Count; start += Batch)
        {
            using var scope = new TensorScope();
            ImageTensors.ToPixels(convert(data.Images(start, Math.Min(Batch, images.Count - start))), Range).CopyTo(pixels, start * to.Length);
        }
        return ImagePairs.Binarise(new ImageSet(to, pixels, images.Labels, images.Labels is null ? null : images.ClassNames, images.Groups));
    }

    private int SourceWidth => Math.Max(Options.Width, LeastWidth);

    // The sizes that the convolutional networks are defined for; low resolutions are not among them.
    private bool IsConvolutional => sourceShape.Height == Shape.Height;
}
