using Understudy.Attacks.Classifiers;
using Understudy.Data;

namespace Understudy.Tests.Attacks.Classifiers;

public sealed class ExposureTests
{
    // log₂ 8 − log₂ rank.
    [Theory]
    [InlineData(0.5, 3.0)]
    [InlineData(1.5, 2.0)]
    [InlineData(4.5, 0.6780719051126377)]
    [InlineData(9.0, 0.0)]
    [InlineData(1.0, 2.0)]
    public void BitsFallWithTheRank(double loss, double expected) => Assert.Equal(expected, Exposure.Bits(loss, [1, 2, 3, 4, 5, 6, 7]), 1e-12);

    [Fact]
    public void CandidatesAreNeeded()
    {
        Assert.Throws<InputException>(() => Exposure.Bits(1, []));
        Assert.Throws<InputException>(() => Exposure.Bits(1, [double.NaN]));
    }
}
