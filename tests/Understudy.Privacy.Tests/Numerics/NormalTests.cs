using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Tests.Numerics;

/// <summary>Values to 18 digits by mpmath 1.2.1 at 40 digits.</summary>
public sealed class NormalTests
{
    [Theory]
    [InlineData(-6, 0.999999999013412355)]
    [InlineData(-1.5, 0.933192798731141934)]
    [InlineData(-0.3, 0.617911422188952633)]
    [InlineData(0, 0.5)]
    [InlineData(0.1, 0.460172162722971016)]
    [InlineData(0.5, 0.308537538725986896)]
    [InlineData(1, 0.158655253931457051)]
    [InlineData(2.5, 0.00620966532577613517)]
    [InlineData(4, 0.0000316712418331199213)]
    [InlineData(6.7, 1.0420976987965181e-11)]
    [InlineData(10, 7.61985302416052607e-24)]
    [InlineData(20, 2.7536241186062337e-89)]
    [InlineData(35, 1.12491070647240624e-268)]
    public void Upper_tail_keeps_its_relative_precision(double x, double expected)
    {
        Assert.Equal(1, Normal.UpperTail(x) / expected, 2e-15);
        Assert.Equal(1, Normal.Cdf(-x) / expected, 2e-15);
    }

    [Fact]
    public void Upper_tail_falls_everywhere_and_has_its_limits()
    {
        for (var x = -8.0; x < 38.5; x += 0.0371) Assert.True(Normal.UpperTail(x + 0.0371) <= Normal.UpperTail(x));
        Assert.Equal(0, Normal.UpperTail(double.PositiveInfinity));
        Assert.Equal(1, Normal.UpperTail(double.NegativeInfinity));
        Assert.True(double.IsNaN(Normal.UpperTail(double.NaN)));
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-12)]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Quantile_undoes_the_distribution_function(double p) => Assert.Equal(1, Normal.Cdf(Normal.Quantile(p)) / p, 1e-13);

    [Fact]
    public void Scaled_erfc_is_smooth_where_its_two_forms_meet() => Assert.Equal(1, Normal.ScaledErfc(Math.BitDecrement(3)) / Normal.ScaledErfc(3), 1e-14);
}
