using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Tests.Noise;

/// <summary>Fixed seeds; every statistical test has a false-alarm rate of at most 1e-6.</summary>
public sealed class GaussianNoiseTests
{
    private const int Count = 2_000_000;

    public static TheoryData<bool> Precisions => [true, false];

    /// <summary>Of n numbers with standard deviation s, the sum over s√n is N(0, 1) and the sum of squares over s² is χ²(n); so are odd and fourth
    /// moments by their variances 15 and 96.</summary>
    [Theory]
    [MemberData(nameof(Precisions))]
    public void Moments_are_those_of_the_normal_distribution(bool inDouble)
    {
        const double deviation = 2.5;
        var x = Draw(seed: 1, deviation, inDouble).Select(v => v / deviation).ToArray();
        var root = Math.Sqrt(Count);

        Assert.True(Statistics.TwoSided(x.Sum() / root) > Statistics.FalseAlarm);
        Assert.True(Statistics.TwoSided((x.Sum(v => v * v) - Count) / (Math.Sqrt(2) * root)) > Statistics.FalseAlarm);
        Assert.True(Statistics.TwoSided(x.Sum(v => v * v * v) / (Math.Sqrt(15) * root)) > Statistics.FalseAlarm);
        Assert.True(Statistics.TwoSided((x.Sum(v => v * v * v * v) - 3.0 * Count) / (Math.Sqrt(96) * root)) > Statistics.FalseAlarm);
    }

    /// <summary>χ² over 400 cells of equal width out to 4 standard deviations, with the tails in cells of their own.</summary>
    [Theory]
    [MemberData(nameof(Precisions))]
    public void The_distribution_is_normal(bool inDouble)
    {
        const int cells = 400;
        const double reach = 4;
        var counts = new long[cells + 2];
        foreach (var v in Draw(seed: 2, 1, inDouble))
            counts[Math.Clamp((int)Math.Floor((v + reach) * cells / (2 * reach)) + 1, 0, cells + 1)]++;
        double Edge(int cell) => cell <= 0 ? double.NegativeInfinity : cell > cells + 1 ? double.PositiveInfinity : -reach + (cell - 1) * 2 * reach / cells;
        var expected = Enumerable.Range(0, cells + 2)
            .Select(c => Count * (Statistics.NormalCdf(Edge(c + 1)) - Statistics.NormalCdf(Edge(c)))).ToArray();

        Assert.True(Statistics.PearsonTail(counts, expected) > Statistics.FalseAlarm);
    }

    /// <summary>n·Σ r² over the lags is χ², one degree a lag. The lags include those of the vector's lanes, of a pair's two members and of a kernel call.</summary>
    [Theory]
    [MemberData(nameof(Precisions))]
    public void Numbers_are_not_correlated_with_later_ones(bool inDouble)
    {
        int[] lags = [.. Enumerable.Range(1, 33), 64, 128, 256, 504, 512, 520, 1024, 16_384];
        var x = Draw(seed: 3, 1, inDouble)[..150_000];
        foreach (var transform in (Func<double, double>[])[v => v, v => (v * v - 1) / Math.Sqrt(2)])
        {
            var y = x.Select(transform).ToArray();
            var statistic = 0.0;
            foreach (var lag in lags)
            {
                var sum = 0.0;
                for (var i = lag; i < y.Length; i++) sum += y[i] * y[i - lag];
                statistic += sum * sum / (y.Length - lag);
            }
            Assert.True(Statistics.ChiSquareTail(statistic, lags.Length) > Statistics.FalseAlarm);
        }
    }

    /// <summary>Among 2 million, 126.7 lie beyond 4 standard deviations and 1.15 beyond 5; the counts are Poisson.</summary>
    [Fact]
    public void Tails_are_as_heavy_as_they_should_be()
    {
        var beyond = Draw(seed: 4, 1, inDouble: true).Count(v => Math.Abs(v) > 4);
        var mean = Count * 2 * Statistics.NormalCdf(-4);

        // 5 standard deviations and a little, for the skewness of the Poisson distribution.
        Assert.InRange(beyond, mean - 5.3 * Math.Sqrt(mean), mean + 5.7 * Math.Sqrt(mean));
    }

    /// <summary>Two equal doubles among so many have probability 1e-6 at the very most; a part that was drawn twice gives thousands.</summary>
    [Fact]
    public void No_number_comes_twice_over_tasks_calls_and_threads()
    {
        using var source = new SeededNoiseSource(5);
        var parts = new double[8][];
        Parallel.For(0, parts.Length, i => source.AddGaussian(parts[i] = new double[70_001], 1));
        var single = new double[8][];
        for (var i = 0; i < single.Length; i++) source.AddGaussian(single[i] = new double[500], 1);

        var all = parts.Concat(single).SelectMany(p => p).ToArray();

        Assert.InRange(all.Length - all.Distinct().Count(), 0, 1);
    }

    /// <summary>The numbers depend on the key and the place alone: on one thread they are the same.</summary>
    [Fact]
    public void The_number_of_threads_does_not_matter()
    {
        using var source = new SeededNoiseSource(6);
        using var again = new SeededNoiseSource(6);
        double[] together = new double[100_000], piecewise = new double[100_000];

        source.AddGaussian(together, 1);
        for (var at = 0; at < piecewise.Length; at += 512) again.AddGaussian(piecewise.AsSpan(at, Math.Min(512, piecewise.Length - at)), 1);

        Assert.Equal(piecewise, together);
    }

    /// <summary>Sources of the operating system differ; the correlation of n pairs of independent numbers is N(0, 1/n).</summary>
    [Fact]
    public void Different_sources_differ()
    {
        using var first = new SystemNoiseSource();
        using var second = new SystemNoiseSource();
        double[] a = new double[100_000], b = new double[100_000];
        first.AddGaussian(a, 1);
        second.AddGaussian(b, 1);

        Assert.True(first.IsPrivate && second.IsPrivate);
        Assert.Empty(a.Intersect(b));
        Assert.True(Statistics.TwoSided(a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Length)) > Statistics.FalseAlarm);
    }

    /// <summary>Every length around those of the vectors, the kernel call and the task, in both precisions: no value is forgotten, none beside changed.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(17)]
    [InlineData(511)]
    [InlineData(513)]
    [InlineData(16_385)]
    public void Every_value_gets_noise_and_none_beside(int length)
    {
        using var source = new SeededNoiseSource(7);
        var doubles = Enumerable.Repeat(3.0, length + 2).ToArray();
        var floats = Enumerable.Repeat(3f, length + 2).ToArray();

        source.AddGaussian(doubles.AsSpan(1, length), 1e-3);
        source.AddGaussian(floats.AsSpan(1, length), 1e-3);

        Assert.All(doubles[1..^1], v => Assert.True(v != 3 && Math.Abs(v - 3) < 0.01));
        Assert.All(floats[1..^1], v => Assert.True(v != 3 && Math.Abs(v - 3) < 0.01f));
        Assert.True(doubles[0] == 3 && doubles[^1] == 3 && floats[0] == 3 && floats[^1] == 3);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_bad_standard_deviation_throws_and_changes_nothing(double deviation)
    {
        using var source = new SeededNoiseSource(8);
        var doubles = new double[3];
        var floats = new float[3];

        Assert.Throws<ArgumentOutOfRangeException>(() => source.AddGaussian(doubles, deviation));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.AddGaussian(floats, deviation));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.AddGaussian(Span<double>.Empty, deviation));

        Assert.All(doubles, v => Assert.Equal(0, v));
        Assert.All(floats, v => Assert.Equal(0, v));
    }

    [Fact]
    public void No_noise_changes_nothing()
    {
        using var source = new SeededNoiseSource(9);
        double[] values = [1, 2, 3];

        source.AddGaussian(values, 0);

        Assert.Equal([1, 2, 3], values);
    }

    [Fact]
    public void A_disposed_source_gives_nothing()
    {
        var source = new SystemNoiseSource();
        source.Dispose();

        Assert.Throws<ObjectDisposedException>(() => source.AddGaussian(new double[4], 1));
    }

    /// <summary>Noise is had through mechanisms, samplers and plans alone.</summary>
    [Fact]
    public void Nothing_public_gives_or_takes_a_source()
    {
        var exposed = typeof(NoiseSource).Assembly.GetExportedTypes()
            .Where(t => t.Namespace == typeof(NoiseSource).Namespace
                || t.GetConstructors().Concat<System.Reflection.MethodBase>(t.GetMethods()).Any(m => m.GetParameters().Any(p => IsNoise(p.ParameterType)))
                || t.GetMethods().Any(m => IsNoise(m.ReturnType)));

        Assert.Empty(exposed);
        static bool IsNoise(Type type) => typeof(NoiseSource).IsAssignableFrom(type) || typeof(CounterStream).IsAssignableFrom(type);
    }

    private static double[] Draw(int seed, double deviation, bool inDouble)
    {
        using var source = new SeededNoiseSource(seed);
        if (inDouble)
        {
            var values = new double[Count];
            source.AddGaussian(values, deviation);
            return values;
        }
        var single = new float[Count];
        source.AddGaussian(single, deviation);
        return Array.ConvertAll(single, v => (double)v);
    }
}
