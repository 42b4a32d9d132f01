using Understudy.Cli.Bench;
using Understudy.Torch;

namespace Understudy.Cli.Tests.Bench;

[Collection(nameof(Alone))]
public sealed class DcganStepTests
{
    [Fact]
    public void Leaves_no_tensor_behind_but_its_own()
    {
        using var dcgan = new DcganStep();
        dcgan.Run(); // the first step makes the optimisers' moments and the gradients
        var before = Tensor.LiveCount;

        dcgan.Run();

        Assert.InRange(Tensor.LiveCount, 0, before); // fewer where a finaliser ran
    }
}
