namespace Understudy.Privacy.Mechanisms;

/// <summary>Bounds what one record adds to a sum.</summary>
internal static class Contributions
{
    /// <summary>Keeps rounding from carrying a clipped record past its bound.</summary>
    private const double Margin = 1 - 1.0 / (1 << 20);

    /// <summary>By what to multiply a record so that its norm is at most the bound: 1 if it is already, 0 if it has no finite norm.</summary>
    public static double Factor(double norm, double bound)
    {
        var allowed = bound * Margin;
        return !double.IsFinite(norm) ? 0 : norm <= allowed ? 1 : allowed / norm;
    }

    /// <summary>√Σ x²; infinite or not a number for a record that is not finite, or so large that its squares are not.</summary>
    public static double EuclideanNorm(ReadOnlySpan<double> record)
    {
        var sum = 0.0;
        foreach (var x in record) sum += x * x;
        return Math.Sqrt(sum);
    }

    /// <summary>Σ |x|.</summary>
    public static double AbsoluteNorm(ReadOnlySpan<double> record)
    {
        var sum = 0.0;
        foreach (var x in record) sum += Math.Abs(x);
        return sum;
    }

    /// <summary>Adds a multiple of a record to a sum; a multiple of 0 adds nothing, whatever the record holds.</summary>
    public static void Add(ReadOnlySpan<double> record, double factor, Span<double> sum)
    {
        if (record.Length != sum.Length)
            throw new ArgumentException($"a record of {record.Length} values does not fit a sum of {sum.Length}.", nameof(record));
        if (factor == 0) return;
        for (var i = 0; i < sum.Length; i++) sum[i] += factor * record[i];
    }
}
