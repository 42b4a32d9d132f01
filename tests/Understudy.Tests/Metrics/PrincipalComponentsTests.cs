using MathNet.Numerics.LinearAlgebra;
using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Tests.Metrics;

public sealed class PrincipalComponentsTests
{
    /// <summary>Against the eigenvectors of the covariance, for variances that fall by a fifth from one direction to the next.</summary>
    [Fact]
    public void VariancesAreTheLargestEigenvalues()
    {
        var records = Stretched(seed: 1, count: 500, dimension: 30);
        var components = PrincipalComponents.Fit([records], 5, seed: 2);
        var projected = components.Project(records);

        var eigenvalues = new GaussianFit(records).Covariance.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).OrderDescending().ToArray();
        var covariance = new GaussianFit(projected).Covariance;
        for (var i = 0; i < 5; i++)
        {
            Relative.Equal(eigenvalues[i], covariance[i, i], 1e-4);
            Relative.Equal(eigenvalues[i] * 499 / 500, components.Deviations[i] * components.Deviations[i], 1e-4); // of all records there are, not of a sample
            for (var j = 0; j < i; j++) Assert.Equal(0, covariance[i, j], 1e-4);
        }
    }

    [Fact]
    public void SetsAreTakenTogether()
    {
        var records = Stretched(seed: 3, count: 100, dimension: 8);
        FeatureMatrix Part(int from, int count) => new(records.Values[(from * 8)..((from + count) * 8)], count, 8);
        var whole = PrincipalComponents.Fit([records], 3, seed: 1).Project(records);
        Assert.Equal(whole.Values, PrincipalComponents.Fit([Part(0, 30), Part(30, 70)], 3, seed: 1).Project(records).Values);
    }

    [Fact]
    public void NoMoreComponentsThanThereAre()
    {
        Assert.Equal(2, PrincipalComponents.Fit([Samples.NormalFeatures(1, 3, 10)], 16, 1).Project(Samples.NormalFeatures(1, 3, 10)).Dimension);
        var constant = new FeatureMatrix(new float[40], 10, 4);
        Assert.All(PrincipalComponents.Fit([constant], 2, 1).Project(constant).Values, value => Assert.Equal(0, value));
        Assert.Throws<InputException>(() => PrincipalComponents.Fit([Samples.NormalFeatures(1, 1, 3)], 1, 1));
    }

    private static FeatureMatrix Stretched(int seed, int count, int dimension)
    {
        var records = Samples.NormalFeatures(seed, count, dimension);
        return new FeatureMatrix([.. records.Values.Select((value, i) => 1 + value * (float)Math.Pow(0.8, i % dimension))], count, dimension);
    }
}
