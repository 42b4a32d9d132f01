using Understudy.Cli.Bench;

namespace Understudy.Cli.Tests.Bench;

public sealed class LatentWorkloadsTests
{
    [Fact]
    public void Both_take_time_that_grows_with_the_steps()
    {
        using var work = new LatentWorkloads();
        Assert.True(work.Walk(1) > 0);
        Assert.True(work.Invert(1) > 0);
    }
}
