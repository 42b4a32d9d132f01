using System.Runtime.Intrinsics;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Tests.Noise;

public sealed class BoxMullerTests
{
    /// <summary>Against Math.SinCos at the angle that the word stands for: quarter turns from the upper two bits, offset from the rest.</summary>
    [Fact]
    public void Sine_and_cosine_are_right_on_the_whole_circle()
    {
        var random = new Random(1);
        var words = Enumerable.Range(0, 8000).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))
            .Concat([0UL, ulong.MaxValue, 1UL << 61, (1UL << 61) - 1, 1UL << 62, 1UL << 63, 3UL << 62, (1UL << 63) - 1]).ToArray();
        for (var at = 0; at < words.Length; at += 8)
        {
            var (sine, cosine) = BoxMuller.SinCos(Vector512.Create(words.AsSpan(at, 8)));
            for (var lane = 0; lane < 8; lane++)
            {
                var word = words[at + lane];
                var offset = (long)(word << 2) * Math.ScaleB(1, -64);
                var (expectedSine, expectedCosine) = Math.SinCos(((word >> 62) + offset) * (Math.PI / 2));
                Assert.Equal(expectedSine, sine[lane], 1e-15);
                Assert.Equal(expectedCosine, cosine[lane], 1e-15);
            }
        }
    }

    /// <summary>At uniform numbers, at all powers of two down to the smallest, beside 1, and where the octaves meet.</summary>
    [Fact]
    public void Logarithms_are_right()
    {
        var random = new Random(2);
        var numbers = Enumerable.Range(0, 8000).Select(_ => random.NextDouble()).Where(u => u > 0)
            .Concat(Enumerable.Range(0, 66).Select(k => Math.ScaleB(1, -k)))
            .Concat(Enumerable.Range(1, 64).Select(k => 1 - Math.ScaleB(1, -k)))
            .Concat(Enumerable.Range(-8, 17).Select(k => Math.Sqrt(0.5) * (1 + k * 1e-16)))
            .Concat(new double[8].Select(_ => 0.5)).ToArray();
        for (var at = 0; at + 8 <= numbers.Length; at += 8)
        {
            var logarithms = BoxMuller.Log(Vector512.Create(numbers.AsSpan(at, 8)));
            for (var lane = 0; lane < 8; lane++)
            {
                var expected = Math.Log(numbers[at + lane]);
                Assert.True(Math.Abs(logarithms[lane] - expected) <= 4e-16 * Math.Abs(expected), $"ln {numbers[at + lane]:R} is {expected:R}, not {logarithms[lane]:R}");
            }
        }
    }

    /// <summary>32-bit uniforms would end at 6.66 and 53-bit ones at 8.57 standard deviations.</summary>
    [Fact]
    public void The_smallest_uniform_reaches_nine_standard_deviations_and_the_largest_none()
    {
        var words = new double[16]; // eight zero words for the radius, eight for the angle
        BoxMuller.Transform(words);
        Assert.All(words[..8], cosine => Assert.Equal(Math.Sqrt(2 * 65 * Math.Log(2)), cosine, 1e-12));

        var full = new double[16];
        Array.Fill(full, BitConverter.UInt64BitsToDouble(ulong.MaxValue), 0, 8);
        BoxMuller.Transform(full);
        Assert.All(full, number => Assert.Equal(0, number, 1e-300));
    }
}
