using Understudy.Data;
using Understudy.Generation.Gan.Tricks;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;

namespace Understudy.Generation.Gan;

/// <summary>What the GANs of labelled images share: the generator, what a discriminator is held by, and rates that go down.</summary>
/// <remarks>
/// A convolutional network of two or three layers sees the image in patches, and a linear score of them adds up opinions on each; that a shape is whole takes a
/// layer between. The hidden layer of the generator does the same for noise and class, which would otherwise only be added to each other.
/// </remarks>
public abstract class LabelledGan(LabelledGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : JudgingGan(options, shape, classNames)
{
    private const int StepsBetweenPenalties = 8;

    private readonly R1Penalty penalty = new(options.Penalty, StepsBetweenPenalties);

    /// <inheritdoc/>
    public sealed override bool IsConditional => true;

    /// <summary>Numbers in each network's hidden linear layer.</summary>
    protected int Hidden => options.Hidden;

    /// <inheritdoc/>
    protected sealed override Module BuildGenerator() => Initialized(DcGenerator.Build(options.LatentSize + ClassCount, Shape, options.Width, hidden: Hidden));

    /// <summary>The whole rate for half of the training, then down a straight line: the end is a small average over many batches instead of a chase.</summary>
    protected sealed override double RateFactor(long step) => LearningRateFactor.LinearDecay(options.Steps / 2, options.Steps)(step);

    /// <summary>A loss of D with the penalty on its score of real images, at the steps that have one.</summary>
    protected Tensor Held(Tensor loss, Func<Tensor, Tensor> score, Tensor x) => penalty.Of(score, x, StepsDone) is { } held ? loss + held : loss;
}
