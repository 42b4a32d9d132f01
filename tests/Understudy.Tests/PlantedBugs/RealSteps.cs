using Understudy.Torch;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>What the library does.</summary>
internal sealed class RealSteps(Trial trial) : IPrivateSteps
{
    private readonly PrivateTraining training = trial.Noise is { } noise
        ? new PrivateTraining(Trial.Label, trial.Plan, trial.Members, PixelRange.Unit, trial.Network, trial.Optimizer, noise)
        : new PrivateTraining(Trial.Label, trial.Plan, trial.Members, PixelRange.Unit, trial.Network, trial.Optimizer);

    public bool TryStep(Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake = null, Func<Tensor>? free = null) => fake is null
        ? training.TryStep((x, _) => real(x), free: free)
        : training.TryStep((x, _, numbers) => real(x) + fake(numbers), IPrivateSteps.Companions, free);

    public void Dispose() => training.Dispose();
}
