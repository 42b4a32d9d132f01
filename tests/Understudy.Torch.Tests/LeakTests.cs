using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;

namespace Understudy.Torch.Tests;

public sealed class LeakTests
{
    private const int WarmUp = 300;
    private const int Steps = 200;

    [Fact]
    public void TrainingKeepsNothing()
    {
        using var scope = new TensorScope();
        using var net = new Sequential(
            new Conv2d(1, 16, 3, stride: 2, padding: 1), new BatchNorm2d(16), new LeakyReLU(0.2), new Dropout(0.1),
            new ConvTranspose2d(16, 16, 4, stride: 2, padding: 1), new GroupNorm(4, 16), new ReLU(), new Flatten(), new Linear(16 * 16 * 16, 4));
        using var optimizer = new Adam(net.Parameters);
        using var ema = new Ema(net);
        var scheduler = new LearningRateScheduler(optimizer, LearningRateFactor.Cosine(1000));
        var x = Tensor.RandN([8, 1, 16, 16]);
        var labels = Tensor.RandInt(0, 4, [8]);

        for (var i = 0; i < WarmUp; i++) Step();
        var (live, resident) = (LiveTensors.Count(), ResidentBytes());
        for (var i = 0; i < Steps; i++) Step();
        Assert.Equal(live, LiveTensors.Count());
        Assert.InRange(ResidentBytes(), 0, resident * 1.02);

        void Step()
        {
            using var step = new TensorScope();
            optimizer.ZeroGrad();
            Functional.CrossEntropy(net.Forward(x), labels).Backward();
            GradientClipping.ByNorm(net.Parameters, 1);
            optimizer.Step();
            scheduler.Step();
            ema.Update();
            using (ema.Apply()) _ = net.State;
        }
    }

    private static double ResidentBytes() => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1]) * (double)Environment.SystemPageSize;
}
