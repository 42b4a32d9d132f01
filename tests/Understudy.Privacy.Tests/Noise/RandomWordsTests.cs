using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Tests.Noise;

/// <summary>Fixed seeds; every statistical test has a false-alarm rate of at most 1e-6.</summary>
public sealed class RandomWordsTests
{
    private const int Count = 100_000;

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(7UL)]
    [InlineData(256UL)]
    public void Whole_numbers_are_equally_likely(ulong bound)
    {
        var words = Words(1);
        var narrow = new long[bound];
        var wide = new long[bound];
        for (var i = 0; i < Count; i++)
        {
            narrow[words.Below(bound)]++;
            // 128 bits, in equal parts.
            wide[(int)(words.Below((UInt128)bound << 70) >> 70)]++;
        }

        if (bound == 1) Assert.Equal(Count, narrow[0]);
        else
        {
            var expected = Enumerable.Repeat((double)Count / bound, (int)bound).ToArray();
            Assert.True(Statistics.PearsonTail(narrow, expected) > Statistics.FalseAlarm);
            Assert.True(Statistics.PearsonTail(wide, expected) > Statistics.FalseAlarm);
        }
    }

    /// <summary>At a bound of 3·2⁶², plain multiplication gives the multiples of three half of all draws.</summary>
    [Fact]
    public void Large_bounds_are_as_fair_as_small_ones()
    {
        var words = Words(2);
        var remainders = new long[3];
        for (var i = 0; i < Count; i++) remainders[words.Below(3UL << 62) % 3]++;

        Assert.True(Statistics.PearsonTail(remainders, [Count / 3.0, Count / 3.0, Count / 3.0]) > Statistics.FalseAlarm);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    [InlineData(30, 7)]
    public void Exponential_coins_have_their_bias(int numerator, int denominator)
    {
        var words = Words(3);
        var heads = 0;
        for (var i = 0; i < Count; i++)
            if (words.BernoulliExp((UInt128)numerator, (UInt128)denominator)) heads++;

        var p = Math.Exp(-(double)numerator / denominator);
        if (numerator == 0) Assert.Equal(Count, heads);
        else Assert.True(Statistics.TwoSided((heads - Count * p) / Math.Sqrt(Count * p * (1 - p))) > Statistics.FalseAlarm);
    }

    [Fact]
    public void A_bound_of_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Words(4).Below(0UL));

    private static RandomWords Words(int seed) => new(new SeededNoiseSource(seed));
}
