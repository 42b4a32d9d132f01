namespace Understudy.Torch.Tests;

public sealed class DropoutTests
{
    // 100,000 draws: the share of zeros is within 5 standard deviations (0.0072) but for one run in a million.
    [Fact]
    public void DropsAtItsProbabilityAndKeepsTheMean()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(8);
        var y = Functional.Dropout(Tensor.Ones([100_000]), 0.3, training: true).ToArray<float>();
        Assert.Equal(0.3, y.Count(v => v == 0) / 100_000.0, 0.0073);
        Assert.All(y.Where(v => v != 0), v => Assert.Equal(1 / 0.7, v, 1e-6));
    }
}
