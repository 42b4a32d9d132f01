using Understudy.Cli.Bench;

namespace Understudy.Cli.Tests.Bench;

public sealed class PrivateWorkloadTests
{
    [Fact]
    public void Every_workload_runs_every_way()
    {
        foreach (var make in new Func<int, PrivateWorkload>[] { PrivateWorkload.Discriminator, PrivateWorkload.Perceptron, PrivateWorkload.Residual })
        {
            using var workload = make(2);
            Assert.Contains("batch 2", workload.Name, StringComparison.Ordinal);
            Assert.True(workload.Plain(1) > 0);
            Assert.True(workload.Private(1) > 0);
            Assert.True(workload.Step(1) > 0);
        }
    }

    [Fact]
    public void Peak_memory_is_that_of_the_work_alone()
    {
        const int mebibytes = 64;
        var peak = PeakMemory.Kibibytes(() =>
        {
            using var scope = new Torch.TensorScope();
            for (var i = 0; i < 3; i++) Torch.Tensor.Ones([mebibytes << 18]).Dispose();
        });
        Assert.InRange(peak, mebibytes * 0.75 * 1024, mebibytes * 1.5 * 1024);
    }
}
