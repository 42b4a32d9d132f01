using Understudy.Metrics;

namespace Understudy.Tests.Metrics;

public sealed class ClopperPearsonTests
{
    // SciPy: beta.ppf(1 - a, k + 1, n - k).
    [Theory]
    [InlineData(0, 100, 0.05, 0.02951304960703993)]
    [InlineData(1, 100, 0.05, 0.046559811453538935)]
    [InlineData(5, 100, 0.05, 0.1022533776432745)]
    [InlineData(0, 1000, 0.025, 0.003682083896865671)]
    [InlineData(99, 100, 0.05, 0.9994871985837377)]
    [InlineData(100, 100, 0.05, 1.0)]
    public void UpperLimitIsTheBetaQuantile(int k, int n, double alpha, double expected) =>
        Relative.Equal(expected, ClopperPearson.Upper(k, n, alpha), 1e-9);

    [Fact]
    public void UpperLimitMatchesTheReferenceTable() => Assert.All(AuditReference.Rows("clopper_pearson_upper_one_sided"), row =>
        Relative.Equal(row.Value, ClopperPearson.Upper((long)row.Parameters["k"], (long)row.Parameters["n"], row.Parameters["alpha"]), 1e-9));

    [Fact]
    public void TwoSidedIntervalMatchesSciPy() => Assert.All(Golden.Metrics["clopperPearson"]!.AsArray(), row =>
    {
        var interval = ClopperPearson.TwoSided((int)row!["k"]!, (int)row["n"]!);
        Relative.Equal((double)row["lower"]!, interval.Lower, 1e-9);
        Relative.Equal((double)row["upper"]!, interval.Upper, 1e-9);
    });

    [Theory]
    [InlineData(0, 7)]
    [InlineData(3, 7)]
    [InlineData(7, 7)]
    [InlineData(13, 100_000)]
    public void LowerLimitMirrorsTheUpper(int k, int n) =>
        Assert.Equal(1 - ClopperPearson.Upper(n - k, n, 0.01), ClopperPearson.Lower(k, n, 0.01), 1e-12);

    [Theory]
    [InlineData(-1, 10, 0.05)]
    [InlineData(11, 10, 0.05)]
    [InlineData(0, 0, 0.05)]
    [InlineData(1, 10, 0.0)]
    [InlineData(1, 10, 1.0)]
    [InlineData(1, 10, double.NaN)]
    public void RejectsWhatIsNoProportion(int k, int n, double alpha) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Upper(k, n, alpha));
}
