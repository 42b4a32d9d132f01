using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Tests.Numerics;

public sealed class RealFourierTransformTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(512)]
    public void Forward_is_the_sum_that_defines_it(int length)
    {
        var values = Values(length);
        double[] re = new double[length / 2 + 1], im = new double[length / 2 + 1];

        new RealFourierTransform(length).Forward(values, re, im);

        for (var k = 0; k <= length / 2; k++)
        {
            double expectedRe = 0, expectedIm = 0;
            for (var j = 0; j < length; j++)
            {
                var angle = -2 * Math.PI * ((long)j * k % length) / length;
                var (sin, cos) = Math.SinCos(angle);
                expectedRe += values[j] * cos;
                expectedIm += values[j] * sin;
            }
            Assert.Equal(expectedRe, re[k], 1e-11);
            Assert.Equal(expectedIm, im[k], 1e-11);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(1 << 11)]
    [InlineData(1 << 16)]
    public void Inverse_undoes_forward(int length)
    {
        var values = Values(length);
        double[] re = new double[length / 2 + 1], im = new double[length / 2 + 1], back = new double[length];
        var transform = new RealFourierTransform(length);

        transform.Forward(values, re, im);
        transform.Inverse(re, im, back);

        Assert.All(values.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1e-14 * Math.Log2(length)));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    public void Other_lengths_are_refused(int length) => Assert.Throws<ArgumentOutOfRangeException>(() => new RealFourierTransform(length));

    private static double[] Values(int length)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
    }
}
