using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Tests.Metrics;

public sealed class FidelityTests
{
    private static readonly FeatureMatrix Real = Matrix("real");
    private static readonly FeatureMatrix Synthetic = Matrix("synthetic");

    [Fact]
    public void FrechetDistanceMatchesSciPy()
    {
        var metric = FrechetDistance.Measure(Real, Synthetic, "net");
        Assert.Equal("FID[net]", metric.Name);
        Relative.Equal((double)Golden.Metrics["fid"]!, metric.Value, 1e-9);
    }

    [Fact]
    public void FrechetDistanceOfAShiftIsItsSquare()
    {
        var shifted = new FeatureMatrix([.. Real.Values.Select(v => v + 0.5f)], Real.Count, Real.Dimension);
        Assert.Equal(0.25 * Real.Dimension, FrechetDistance.Measure(Real, shifted, "net").Value, 1e-5);
        Assert.Equal(0, FrechetDistance.Measure(Real, Real, "net").Value, 1e-9);
    }

    [Fact]
    public void FrechetDistanceBearsFeaturesThatNeverVary()
    {
        // A dead unit makes both covariances singular; it adds its squared difference and nothing else.
        static FeatureMatrix WithConstant(FeatureMatrix features, float value) =>
            new([.. Enumerable.Range(0, features.Count).SelectMany(i => (float[])[.. features.Row(i), value])], features.Count, features.Dimension + 1);
        var metric = FrechetDistance.Measure(WithConstant(Real, 1), WithConstant(Synthetic, 3), "net");
        Relative.Equal((double)Golden.Metrics["fid"]! + 4, metric.Value, 1e-7);
        var plain = FrechetDistance.Measure(Real, Synthetic, "net").Interval!.Value;
        Relative.Equal(plain.Upper - plain.Lower, metric.Interval!.Value.Upper - metric.Interval.Value.Lower, 1e-3);
    }

    [Fact]
    public void FrechetDistanceNeedsMoreRecordsThanFeatures()
    {
        var few = Samples.NormalFeatures(1, 6, 6);
        var metric = FrechetDistance.Measure(few, Real, "net");
        Assert.Equal(double.NaN, metric.Value);
        Assert.Equal("6 records cannot fix the covariance of 6 features; it takes 7", metric.Note);
    }

    [Fact]
    public void KernelDistanceMatchesItsDefinition()
    {
        var metric = KernelDistance.Measure(Real, Synthetic, "net");
        Assert.Equal("KID[net]", metric.Name);
        Relative.Equal((double)Golden.Metrics["kid"]!, metric.Value, 1e-5);
    }

    [Fact]
    public void StandardErrorOfTheFrechetDistanceIsItsSpread()
    {
        AssertSpread((wide, narrow) => FrechetDistance.Measure(wide, narrow, "net"));
        AssertSpread((wide, narrow) => FrechetDistance.Measure(narrow, wide, "net"));
    }

    [Fact]
    public void StandardErrorOfTheKernelDistanceIsItsSpread()
    {
        AssertSpread((wide, narrow) => KernelDistance.Measure(wide, narrow, "net"));
        AssertSpread((wide, narrow) => KernelDistance.Measure(narrow, wide, "net"));
    }

    /// <summary>The mean over 200 repetitions lies within 4 of its standard errors of 0 except with probability 6e-5.</summary>
    [Fact]
    public void KernelDistanceIsUnbiased()
    {
        var values = Enumerable.Range(0, 200).Select(i =>
            KernelDistance.Measure(Samples.NormalFeatures(1000 + 2 * i, 60, 4), Samples.NormalFeatures(1001 + 2 * i, 40, 4), "net").Value).ToArray();
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(v => Math.Pow(v - mean, 2)) / values.Length / (values.Length - 1));
        Assert.InRange(mean, -4 * error, 4 * error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void PrecisionRecallDensityAndCoverageMatchTheirDefinitions(int k)
    {
        var metrics = Prdc.Measure(Real, Synthetic, "net", k);
        Assert.Equal(["precision[net]", "recall[net]", "density[net]", "coverage[net]"], metrics.Select(m => m.Name));
        Assert.All(metrics, metric =>
        {
            Assert.Equal((double)Golden.Metrics["prdc"]![k.ToString()]![metric.Name.Split('[')[0]]!, metric.Value, 1e-12);
            Assert.InRange(metric.Value, metric.Interval!.Value.Lower, metric.Interval.Value.Upper);
            Assert.Equal($"k = {k}", metric.Note);
        });
    }

    [Fact]
    public void FarAwaySetsHaveNothingInCommon()
    {
        var far = new FeatureMatrix([.. Real.Values.Select(v => v + 1e4f)], Real.Count, Real.Dimension);
        Assert.All(Prdc.Measure(Real, far, "net"), metric => Assert.Equal(0, metric.Value));
        Assert.Equal([1.0, 1.0], Prdc.Measure(Real, Real, "net").Where(m => m.Name is "precision[net]" or "coverage[net]").Select(m => m.Value));
    }

    [Fact]
    public void DimensionsMustAgree()
    {
        var other = Samples.NormalFeatures(1, 20, 5);
        Assert.Throws<InputException>(() => FrechetDistance.Measure(Real, other, "net"));
        Assert.Throws<InputException>(() => KernelDistance.Measure(Real, other, "net"));
        Assert.Throws<InputException>(() => Prdc.Measure(Real, other, "net"));
    }

    /// <summary>
    /// The spread of 200 repetitions has a relative standard error of 5 %, so that its ratio to the stated standard error is off by more
    /// than 25 % with probability below 1e-5.
    /// </summary>
    private static void AssertSpread(Func<FeatureMatrix, FeatureMatrix, Metric> measure)
    {
        var metrics = Enumerable.Range(0, 200).Select(i =>
            measure(Skewed(2 * i, 200, shift: 1, scale: 1.5f), Skewed(2 * i + 1, 300, shift: 0, scale: 1))).ToArray();
        var mean = metrics.Average(m => m.Value);
        var spread = Math.Sqrt(metrics.Sum(m => Math.Pow(m.Value - mean, 2)) / (metrics.Length - 1));
        var stated = metrics.Average(m => (m.Interval!.Value.Upper - m.Value) / 1.959964);
        Assert.InRange(stated / spread, 0.75, 1.25);
    }

    /// <summary>Skewed, so that the parts of a record's influence that come from means and from covariances are correlated.</summary>
    private static FeatureMatrix Skewed(int seed, int count, float shift, float scale) =>
        new([.. Samples.NormalFeatures(seed, count, 4).Values.Select(v => shift + scale * v * v)], count, 4);

    private static FeatureMatrix Matrix(string name)
    {
        var values = Golden.Metrics[name]!.AsArray().Select(v => (float)(double)v!).ToArray();
        var dimension = (int)Golden.Metrics["dimension"]!;
        return new FeatureMatrix(values, values.Length / dimension, dimension);
    }
}
