using Understudy.Attacks.Densities;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Metrics;
using Understudy.Torch;

namespace Understudy.Tests.Attacks.Densities;

public sealed class FlowDensityTests
{
    /// <summary>By the change of variables an untrained flow is a density too: its integral over the plane is 1.</summary>
    [Fact]
    public void DensityIntegratesToOne()
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        TorchRuntime.ManualSeed(1);
        using var flow = new CouplingFlow(2);
        const int Side = 281;
        const double Step = 0.05;
        var grid = new float[Side * Side * 2];
        for (var i = 0; i < Side * Side; i++)
            (grid[2 * i], grid[2 * i + 1]) = ((float)((i / Side - Side / 2) * Step), (float)((i % Side - Side / 2) * Step));
        var density = flow.Forward(Tensor.From(grid, Side * Side, 2)).Exp().Sum().Item<float>();
        Assert.Equal(1, density * Step * Step, 5e-3);
    }

    /// <summary>Two clusters at ±3 on the diagonal, each N(0, 0.3²): the mean log density of fresh records is near −0.43 − ln 2 = −1.12.</summary>
    [Fact]
    public void LearnsTwoClusters()
    {
        using var density = FlowDensity.Fit(Clusters(seed: 1, 600), steps: 600, seed: 1);
        Assert.InRange(density.LogDensity(Clusters(seed: 2, 300)).Average(), -1.62, -1.0);
        Assert.True(density.LogDensity(new FeatureMatrix([3, -3], 1, 2))[0] < -6);
    }

    [Fact]
    public void OneFeatureIsTooFew() => Assert.Contains("1 features are too few", Assert.Throws<InputException>(() => FlowDensity.Fit(Samples.NormalFeatures(1, 9, 1), 1, 1)).Message, StringComparison.Ordinal);

    private static FeatureMatrix Clusters(int seed, int count)
    {
        var noise = Samples.NormalFeatures(seed, count, 2, scale: 0.3);
        return new FeatureMatrix([.. noise.Values.Select((value, i) => value + (i / 2 % 2 == 0 ? 3 : -3))], count, 2);
    }
}
