using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;

namespace Understudy.Generation.Gan;

/// <summary>What all generative adversarial networks share: two networks, a player for each, and knowing when the game is over.</summary>
/// <remarks>A method says its networks, its losses and one step; see <see cref="ConditionalGan"/> for a short one.</remarks>
public abstract class GanSynthesizer(GanOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : TrainedSynthesizer(options, shape, classNames)
{
    // A discriminator that has won for this long teaches the generator nothing more.
    private const int CollapsedSteps = 500;

    private Module? discriminator;
    private Learner? learnerG;
    private Learner? learnerD;
    private int stepsCollapsed;

    /// <summary>What the study said.</summary>
    protected GanOptions Options => options;

    /// <summary>D.</summary>
    protected Module Discriminator => discriminator ?? throw new InvalidOperationException($"{Card.Name} is not fitted");

    /// <summary>The discriminator's loss, the first of <see cref="TrainedSynthesizer.LossNames"/>, below which it has won; null for a loss that says no such thing.</summary>
    protected virtual double? CollapsedLoss => 0.02;

    /// <summary>Makes D.</summary>
    protected abstract Module BuildDiscriminator();

    /// <inheritdoc/>
    protected override void BuildParts()
    {
        stepsCollapsed = 0;
        discriminator = AddNetwork("discriminator", BuildDiscriminator());
    }

    /// <inheritdoc/>
    protected override void AddLearners()
    {
        learnerD = AddLearner("optimizerD", LearnerOf(ParametersOfD(), options.LearningRateD));
        learnerG = AddLearner("optimizerG", LearnerOf(ParametersOfG(), options.LearningRateG));
    }

    /// <inheritdoc/>
    protected override bool IsHopeless(float[] losses) => (stepsCollapsed = losses[0] < CollapsedLoss ? stepsCollapsed + 1 : 0) >= CollapsedSteps;

    /// <summary>Makes a player.</summary>
    protected virtual Learner LearnerOf(Tensor[] parameters, double learningRate) => new(new Adam(parameters, learningRate, options.Beta1));

    /// <summary>What the discriminator's optimiser updates.</summary>
    protected virtual Tensor[] ParametersOfD() => Discriminator.Parameters;

    /// <summary>What the generator's optimiser updates.</summary>
    protected virtual Tensor[] ParametersOfG() => Generator.Parameters;

    /// <summary>Norms of the gradients of the last step, of D and of G.</summary>
    protected (double D, double G) GradientNorms() => (learnerD!.GradientNorm(), learnerG!.GradientNorm());

    /// <summary>One step of the discriminator.</summary>
    protected void UpdateDiscriminator(Tensor loss) => learnerD!.Lower(loss);

    /// <summary>One step of the generator.</summary>
    protected void UpdateGenerator(Tensor loss) => learnerG!.Lower(loss);

    /// <summary>Computes the generator's loss while the discriminator asks for no gradients of its own.</summary>
    protected T WithFrozenDiscriminator<T>(Func<T> loss) => Frozen(Discriminator, loss);
}
