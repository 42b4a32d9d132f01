namespace Understudy.Torch.Optimization;

/// <summary>Sets an optimiser's learning rate: its first one times a factor that depends on the number of steps done.</summary>
/// <remarks>
/// It keeps nothing but that number, so a run resumes by setting <see cref="StepsDone"/>. It is made before the optimiser's state is loaded,
/// because that holds a rate that is multiplied already.
/// </remarks>
public sealed class LearningRateScheduler
{
    private readonly Optimizer optimizer;
    private readonly double initial;
    private readonly Func<long, double> factor;

    /// <summary>Sets the rate of step 0.</summary>
    /// <param name="optimizer">Whose learning rate, as it is now, is multiplied.</param>
    /// <param name="factor">The factor after so many steps; see <see cref="LearningRateFactor"/>.</param>
    public LearningRateScheduler(Optimizer optimizer, Func<long, double> factor)
    {
        (this.optimizer, this.factor) = (optimizer, factor);
        initial = optimizer.LearningRate;
        StepsDone = 0;
    }

    /// <summary>Number of steps done; setting it sets the rate.</summary>
    public long StepsDone
    {
        get;
        set
        {
            field = value;
            optimizer.LearningRate = initial * factor(value);
        }
    }

    /// <summary>Counts a step; to be called after the optimiser's.</summary>
    public void Step() => StepsDone++;
}
