using Understudy.Torch.Optimization;

namespace Understudy.Torch.Tests.Optimization;

public sealed class LearningRateSchedulerTests
{
    public static TheoryData<string, Func<long, double>> Factors => new()
    {
        { "step", LearningRateFactor.StepDecay(4, 0.5) },
        { "exponential", LearningRateFactor.Exponential(0.8) },
        { "cosine", LearningRateFactor.Cosine(19, floor: 0.1) },
        { "warmup", LearningRateFactor.LinearWarmUp(5) },
        { "decay", LearningRateFactor.LinearDecay(5, 15) },
    };

    [Theory]
    [MemberData(nameof(Factors))]
    public void RatesArePyTorchs(string name, Func<long, double> factor)
    {
        using var scope = new TensorScope();
        using var optimizer = new Sgd([Tensor.Ones([1])], 0.5);
        var scheduler = new LearningRateScheduler(optimizer, factor);
        var rates = new List<double>();
        for (var step = 0; step < 20; step++)
        {
            rates.Add(optimizer.LearningRate);
            scheduler.Step();
        }
        Assert.Equal(Golden.Under("others.rates")[name].ToArray<double>(), rates, (e, a) => Math.Abs(e - a) < 1e-12);
    }

    [Fact]
    public void ResumesAtAnyStep()
    {
        using var scope = new TensorScope();
        using var optimizer = new Sgd([Tensor.Ones([1])], 0.5);
        var scheduler = new LearningRateScheduler(optimizer, LearningRateFactor.LinearWarmUp(4, LearningRateFactor.Exponential(0.5))) { StepsDone = 6 };
        Assert.Equal(0.125, optimizer.LearningRate);
        Assert.Equal(6, scheduler.StepsDone);
    }

    [Fact]
    public void CosineStaysAtItsFloor() => Assert.Equal(0.1, LearningRateFactor.Cosine(10, 0.1)(25), 1e-15);
}
