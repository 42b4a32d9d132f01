using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Translation;

/// <summary>CycleGAN: two translators between two domains, from images that are not paired; there and back again must change nothing.</summary>
/// <remarks>
/// Zhu, Park, Isola, Efros, ICCV 2017, 1703.10593, T: X → Y the images, B: Y → X their sources, x and y of different records, Q the pool of earlier fakes:
/// L_D = ½ [E (D_Y(y) - 1)² + E D_Y(Q(T(x)))²] + ½ [E (D_X(x) - 1)² + E D_X(Q(B(y)))²];
/// L = E (D_Y(T(x)) - 1)² + E (D_X(B(y)) - 1)² + 10 (‖B(T(x)) - x‖₁ + ‖T(B(y)) - y‖₁) + 5 (‖T(y) - y‖₁ + ‖B(x) - x‖₁).
/// The learning rate falls to 0 over the second half.
/// </remarks>
public sealed class CycleGan(CycleGanOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : TranslatingGan(options, ImageTasks.DomainOf(options.Source, shape), shape, classNames)
{
    private const int PoolSize = 50;
    private const string BackName = "back";
    private const string BackFile = "back.pt";

    private Module? back;
    private Module? judgeX;
    private ImagePool? poolX;
    private ImagePool? poolY;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "cyclegan", "Zhu, Park, Isola, Efros: Unpaired Image-to-Image Translation Using Cycle-Consistent Adversarial Networks, ICCV 2017, arXiv 1703.10593", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "translators", "cycle", "sourceDiscriminator", "sourceGenerator"];

    /// <inheritdoc/>
    protected override int TranslatedBatches => 2;

    /// <summary>The sources made of images: the way back.</summary>
    public ImageSet TranslateBack(ImageSet images)
    {
        using var average = WithAverage(BackName);
        return Convert(images, back!.Forward, SourceShape);
    }

    /// <inheritdoc/>
    public override void Save(string directory)
    {
        base.Save(directory);
        using var scope = new TensorScope();
        using var average = WithAverage(BackName);
        back!.State.Save(Path.Combine(directory, BackFile));
    }

    /// <inheritdoc/>
    public override void Load(string directory)
    {
        base.Load(directory);
        using var scope = new TensorScope();
        back!.Load(StateDictionary.Load(Path.Combine(directory, BackFile)));
    }

    /// <inheritdoc/>
    protected override Tensor SourceOf(Tensor x) => ImageTasks.Apply(options.Source, x, Shape);

    /// <inheritdoc/>
    protected override Module BuildTranslator() => Initialized(ResidualTranslator.Build(SourceShape.Channels, Shape.Channels, options.Width, options.Blocks));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => BuildJudge(Shape);

    /// <inheritdoc/>
    protected override void BuildParts()
    {
        base.BuildParts();
        judgeX = AddNetwork("discriminatorX", BuildJudge(SourceShape));
        back = AddNetwork(BackName, Initialized(ResidualTranslator.Build(Shape.Channels, SourceShape.Channels, options.Width, options.Blocks)), averaged: true);
    }

    /// <inheritdoc/>
    protected override void AddLearners()
    {
        base.AddLearners();
        AddState("poolX", (poolX = new ImagePool(PoolSize, [SourceShape.Channels, SourceShape.Height, SourceShape.Width], Device)).State);
        AddState("poolY", (poolY = new ImagePool(PoolSize, [Shape.Channels, Shape.Height, Shape.Width], Device)).State);
    }

    /// <inheritdoc/>
    protected override Tensor[] ParametersOfG() => [.. Translator.Parameters, .. back!.Parameters];

    /// <inheritdoc/>
    protected override Tensor[] ParametersOfD() => [.. Discriminator.Parameters, .. judgeX!.Parameters];

    /// <inheritdoc/>
    protected override double RateFactor(long step) => LearningRateFactor.LinearDecay(options.Steps / 2, options.Steps)(step);

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var y = x; // [B, C, H, W]
        x = SourceOf(NextBatch().Images); // [B, C', H, W], of other records
        var (fakeY, fakeX) = (Translator.Forward(x), back!.Forward(y));

        var lossD = (0.5 * Distance(Discriminator, y, poolY!.Exchange(fakeY))) + (0.5 * Distance(judgeX!, x, poolX!.Exchange(fakeX)));
        UpdateDiscriminator(lossD);

        var adversarial = WithFrozenDiscriminator(() => (Discriminator.Forward(fakeY) - 1).Square().Mean())
            + Frozen(judgeX!, () => (judgeX!.Forward(fakeX) - 1).Square().Mean());
        var cycle = F.L1(back.Forward(fakeY), x) + F.L1(Translator.Forward(fakeX), y);
        var loss = adversarial + (options.CycleWeight * cycle);
        if (options.IdentityWeight > 0 && SourceShape == Shape) loss += options.IdentityWeight * (F.L1(Translator.Forward(y), y) + F.L1(back.Forward(x), x));
        UpdateGenerator(loss);
        return [lossD.Item<float>(), adversarial.Item<float>(), cycle.Item<float>(), .. SourceStep(x)];
    }

    /// <summary>Frees the networks and the pools.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        poolX?.Dispose();
        poolY?.Dispose();
        (poolX, poolY) = (null, null);
    }

    /// <summary>E (D(real) - 1)² + E D(fake)².</summary>
    internal static Tensor Distance(Module judge, Tensor real, Tensor fake) => (judge.Forward(real) - 1).Square().Mean() + judge.Forward(fake).Square().Mean();

    private Sequential BuildJudge(ImageShape of) =>
        PatchDiscriminator.Build(of.Channels, options.Width, PatchDiscriminator.LayersFor(of.Height), normalization: channels => new InstanceNorm(channels));
}
