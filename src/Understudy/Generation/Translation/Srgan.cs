using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Serialization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Translation;

/// <summary>SRGAN: a residual network enlarges low resolutions, first to the mean squared error, then to deceive a discriminator too.</summary>
/// <remarks>
/// Ledig et al., CVPR 2017, 1609.04802, s the low resolution of x, φ the features of <see cref="RotationFeatures"/>, since there is no VGG:
/// L_D = E softplus(-D(x)) + E softplus(D(T(s))); L_T = MSE(T(s), x) for the first steps, then MSE(T(s), x) + λ MSE(φ(T(s)), φ(x)) + 10⁻³ E softplus(-D(T(s))).
/// </remarks>
public sealed class Srgan(SrganOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : TranslatingGan(options, LowResolution(shape, options.Doublings), shape, classNames)
{
    private const string WarmedFile = "warmed.pt";

    private FeatureDiscriminator? features;
    private Module? warmed; // T, averaged, as the game found it
    private bool isWarmed;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "srgan",
        "Ledig, Theis, Huszár, Caballero, Cunningham, Acosta, Aitken, Tejani, Totz, Wang, Shi: Photo-Realistic Single Image Super-Resolution Using a Generative Adversarial Network, CVPR 2017, arXiv 1609.04802",
        "image",
        MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "meanSquaredError", "features", "adversarial", "sourceDiscriminator", "sourceGenerator"];

    /// <summary>What T made of sources when it had lowered the squared error alone; null where training had not both parts.</summary>
    public ImageSet? TranslateBeforeGame(ImageSet sources) => isWarmed ? Convert(sources, warmed!.Forward, Shape) : null;

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        base.Save(directory);
        if (isWarmed) warmed!.State.Save(Path.Combine(Directory.CreateDirectory(Path.Combine(directory, UnreleasedFolder)).FullName, WarmedFile));
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        base.Load(directory);
        var path = Path.Combine(directory, UnreleasedFolder, WarmedFile);
        isWarmed = File.Exists(path);
        if (!isWarmed) return;
        using var scope = new TensorScope();
        warmed!.Load(StateDictionary.Load(path));
    }

    /// <inheritdoc/>
    protected override Tensor SourceOf(Tensor x)
    {
        long factor = 1 << options.Doublings;
        return F.AvgPool(x, [factor, factor], [factor, factor], [0, 0]);
    }

    /// <inheritdoc/>
    protected override Module BuildTranslator() => new SuperResolver(Shape.Channels, options.Width, options.Blocks, options.Doublings);

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => Initialized(DcDiscriminator.Build(Shape, options.Width));

    /// <inheritdoc/>
    protected override void BuildParts()
    {
        base.BuildParts();
        features = AddNetwork("features", RotationFeatures.Build(Shape, options.Width));
        warmed = AddNetwork("warmed", BuildTranslator());
        warmed.Eval();
    }

    /// <inheritdoc/>
    protected override void Prepare(ImageSet records, FitContext context)
    {
        using var data = new ImageTensors(records, Range, Device);
        var sampler = new BatchSampler(records.Count, options.BatchSize, Seed.Derive(context.Seed, "feature batches"));
        RotationFeatures.Train(features!, data, sampler, options.FeatureSteps, context.Seed);
        isWarmed = options.WarmUpSteps > 0 && options.WarmUpSteps < options.Steps;
    }

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var source = SourceOf(x); // [B, C, h, w]
        var resolved = Translator.Forward(source); // [B, C, H, W]
        var meanSquaredError = F.MeanSquaredError(resolved, x);
        if (StepsDone < options.WarmUpSteps)
        {
            UpdateGenerator(meanSquaredError);
            return [0, meanSquaredError.Item<float>(), 0, 0, .. SourceStep(source)];
        }

        if (StepsDone == options.WarmUpSteps) warmed!.State.CopyFrom(Averaged!.State.Under(TranslatorPrefix));
        var lossD = F.Softplus(-Discriminator.Forward(x)).Mean() + F.Softplus(Discriminator.Forward(resolved.Detach())).Mean();
        UpdateDiscriminator(lossD);

        var content = F.MeanSquaredError(features!.Judge(resolved).Features, features.Judge(x).Features);
        var adversarial = WithFrozenDiscriminator(() => F.Softplus(-Discriminator.Forward(resolved)).Mean());
        UpdateGenerator(meanSquaredError + (options.FeatureWeight * content) + (options.AdversarialWeight * adversarial));
        return [lossD.Item<float>(), meanSquaredError.Item<float>(), content.Item<float>(), adversarial.Item<float>(), .. SourceStep(source)];
    }

    private static ImageShape LowResolution(ImageShape shape, int doublings)
    {
        ImageTasks.RequireImages(shape);
        var factor = 1 << doublings;
        return shape.Height % factor == 0 && shape.Width % factor == 0
            ? shape with { Height = shape.Height / factor, Width = shape.Width / factor }
            : throw new InputException($"images are {shape}; {doublings} doublings take heights and widths that are multiples of {factor}: set 'doublings' or data.size");
    }
}
