using Understudy.Attacks.Densities;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks.Densities;

public sealed class KernelDensityTests
{
    private static readonly FeatureMatrix Records = new([0, 0, 1, 2, 3, 1, 4, 5], 4, 2);

    /// <summary>
    /// The sum written out: kernels with covariance n^(−2/(D + 4)) Σ around (0, 0), (1, 2), (3, 1) and (4, 5), whose covariance Σ has the
    /// entries 10/3, 3 and 14/3.
    /// </summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(-3, 7)]
    public void LogDensityIsTheSumOfKernels(double x, double y)
    {
        var factor = Math.Pow(4, -1.0 / 3); // n^(−2/(2 + 4))
        double a = factor * 10 / 3, b = factor * 3, c = factor * 14 / 3, determinant = a * c - b * b;
        double sum = 0;
        foreach (var (u, v) in new[] { (0.0, 0.0), (1, 2), (3, 1), (4, 5) })
        {
            double dx = x - u, dy = y - v;
            sum += Math.Exp(-0.5 * (c * dx * dx - 2 * b * dx * dy + a * dy * dy) / determinant);
        }
        var expected = Math.Log(sum / (4 * 2 * Math.PI * Math.Sqrt(determinant)));
        Assert.Equal(expected, new KernelDensity(Records).LogDensity(new FeatureMatrix([(float)x, (float)y], 1, 2))[0], 1e-5);
    }

    /// <summary>Far from all kernels, where each one underflows.</summary>
    [Fact]
    public void RemoteRecordsHaveFiniteLogDensities()
    {
        var remote = new KernelDensity(Records).LogDensity(new FeatureMatrix([1000, 0, 2000, 0], 2, 2));
        Assert.True(double.IsFinite(remote[0]) && remote[1] < remote[0]);
    }

    [Fact]
    public void ConstantFeaturesDoNotBreakIt()
    {
        var collapsed = new KernelDensity(new FeatureMatrix([1, 2, 1, 2, 1, 2], 3, 2));
        var density = collapsed.LogDensity(new FeatureMatrix([1, 2, 1, 3], 2, 2));
        Assert.True(double.IsFinite(density[1]) && density[1] < density[0]);
    }

    [Fact]
    public void OneRecordHasNoDensity() => Assert.Throws<InputException>(() => new KernelDensity(Samples.NormalFeatures(1, 1, 2)));
}
