using Understudy.Generation.Gan;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Tests.Generation.Gan;

public sealed class InfoGanTests
{
    // Beside the discriminator's, in the generator's step everything of the discriminator stands still, and the head of Q must not.
    [Theory]
    [InlineData(QOptimiser.D)]
    [InlineData(QOptimiser.G)]
    public void The_head_of_Q_learns_whoever_holds_it(QOptimiser holder)
    {
        Assert.NotEqual(Head(1), Head(3));

        float[] Head(int steps)
        {
            using var folder = new TempFolder();
            var members = Images.Noise(16, 1, 28, 28);
            var options = new InfoGanOptions { Steps = steps, BatchSize = 8, Width = 4, LatentSize = 4, Categorical = [3], Continuous = 1, CheckpointEvery = 10, QOptimiser = holder };
            using var gan = new InfoGan(options, members.Shape, []);
            gan.Fit(members.Private(folder), new FitContext(folder.Path, 1));
            return StateDictionary.Load(folder["checkpoint.pt"]).Under("discriminator/")["code.3.weight"].ToArray<float>();
        }
    }
}
