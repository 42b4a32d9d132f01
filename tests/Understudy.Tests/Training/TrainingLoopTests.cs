using Understudy.Tests.Data;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Tests.Training;

public sealed class TrainingLoopTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Tensor weight = TensorScope.Persist(Tensor.Zeros([1]));

    public void Dispose()
    {
        weight.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_training_and_the_checkpoint_before_it_stays()
    {
        var error = Assert.Throws<TrainingDivergedException>(() => Run(step => [step < 5 ? 1 : float.NaN]));
        Assert.Contains("loss is NaN at step 6", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, Kept());
    }

    [Fact]
    public void A_step_that_cannot_be_done_ends_the_training_and_does_not_count()
    {
        Assert.Equal(5, Run(step => step < 5 ? [1] : null));
        Assert.Equal(5, Kept());
        Assert.Equal("5,1", File.ReadAllLines(folder["losses.csv"])[^1]);
        // Nor does it when the training is taken up again.
        Assert.Equal(5, Run(_ => null));
        Assert.Equal(6, File.ReadAllLines(folder["losses.csv"]).Length);
    }

    [Fact]
    public void A_training_that_is_done_is_taken_up_by_several_at_once()
    {
        Assert.Equal(10, Run(_ => [1]));

        using var held = new FileStream(folder["losses.csv.tmp"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(10, Run(_ => throw new InvalidOperationException("there is no step left")));
    }

    private long Run(Func<long, float[]?> step) => new TrainingLoop
    {
        Name = ("generation", "test"),
        Directory = folder.Path,
        Steps = 10,
        CheckpointEvery = 4,
        Seed = 1,
        LossNames = ["loss"],
        State = State(),
        Step = step,
    }.Run(progress: null, CancellationToken.None);

    private long Kept() => State().Load(folder["checkpoint.pt"]);

    private TrainingState State() =>
        new(new Dictionary<string, StateDictionary> { ["weight"] = new() { { "w", weight } } }, new Dictionary<string, Optimizer>());
}
