namespace Understudy.Classification.SupportVectors;

/// <summary>A support vector machine for two classes: f(x) = Σ α_i y_i k(x_i, x) + b.</summary>
/// <remarks>
/// The soft-margin dual, min ½ Σ α_i α_j y_i y_j k(x_i, x_j) − Σ α_i under 0 ≤ α_i ≤ C and Σ α_i y_i = 0, is solved by sequential minimal
/// optimisation with second-order choice of the pair (Fan, Chen, Lin, "Working Set Selection Using Second Order Information for Training
/// Support Vector Machines", JMLR 6, 2005), until no pair violates the optimality conditions by more than a tolerance.
/// </remarks>
public sealed class BinaryMachine
{
    /// <summary>The largest violation of the optimality conditions that is left.</summary>
    public const double Tolerance = 1e-3;

    private const double Flat = 1e-12;
    private const int IterationsPerRecord = 2000;

    private readonly Kernel kernel;
    private readonly double[][] vectors;

    private BinaryMachine(Kernel kernel, double[][] records, (int Record, double Weight)[] support, double bias, double[] alphas, bool isOptimal)
    {
        (this.kernel, Support, Bias, Alphas, IsOptimal) = (kernel, support, bias, alphas, isOptimal);
        vectors = [.. support.Select(vector => records[vector.Record])];
    }

    /// <summary>b.</summary>
    public double Bias { get; }

    /// <summary>The support vectors: the place of each among the training records, with its α y.</summary>
    public IReadOnlyList<(int Record, double Weight)> Support { get; }

    /// <summary>[N] α of the training records.</summary>
    public IReadOnlyList<double> Alphas { get; }

    /// <summary>Whether the tolerance was reached; if not, it is the best found within 2000 steps a record.</summary>
    public bool IsOptimal { get; }

    /// <summary>Trains one.</summary>
    /// <param name="records">[N][D].</param>
    /// <param name="isPositive">[N] the classes; both must occur.</param>
    /// <param name="kernel">k.</param>
    /// <param name="cost">C, more than 0.</param>
    /// <exception cref="ArgumentException">One of the classes does not occur.</exception>
    public static BinaryMachine Train(double[][] records, bool[] isPositive, Kernel kernel, double cost)
    {
        if (!isPositive.Contains(true) || !isPositive.Contains(false)) throw new ArgumentException("records of one class alone cannot be told apart", nameof(isPositive));
        var n = records.Length;
        var y = Array.ConvertAll(isPositive, positive => positive ? 1.0 : -1.0);
        var alphas = new double[n];
        // u_t = y_t − Σ α_s y_s k(x_s, x_t): what the bias would be if record t lay on its margin.
        var u = (double[])y.Clone();
        var rows = new double[n][];
        var diagonal = Array.ConvertAll(records, x => kernel.Of(x, x));

        var (upper, lower, isOptimal) = (0.0, 0.0, false);
        for (var step = 0L; step < (long)IterationsPerRecord * n; step++)
        {
            int i, j;
            (i, upper, lower) = Extremes(y, alphas, u, cost);
            if (isOptimal = upper - lower <= Tolerance) break;
            var rowI = Row(i);
            j = Partner(i, upper, rowI);
            var rowJ = Row(j);
            var curvature = Math.Max(Flat, diagonal[i] + diagonal[j] - 2 * rowI[j]);
            var (roomI, roomJ) = (y[i] > 0 ? cost - alphas[i] : alphas[i], y[j] > 0 ? alphas[j] : cost - alphas[j]);
            var d = Math.Min((u[i] - u[j]) / curvature, Math.Min(roomI, roomJ));
            // What is bound is set to its bound, so that rounding leaves no sliver of room.
            alphas[i] = d == roomI ? (y[i] > 0 ? cost : 0) : alphas[i] + y[i] * d;
            alphas[j] = d == roomJ ? (y[j] > 0 ? 0 : cost) : alphas[j] - y[j] * d;
            for (var t = 0; t < n; t++) u[t] -= d * (rowI[t] - rowJ[t]);
        }
        var free = Enumerable.Range(0, n).Where(t => alphas[t] > 0 && alphas[t] < cost).ToArray();
        var bias = free.Length > 0 ? free.Average(t => u[t]) : (upper + lower) / 2;
        var support = Enumerable.Range(0, n).Where(t => alphas[t] > 0).Select(t => (t, alphas[t] * y[t])).ToArray();
        return new BinaryMachine(kernel, records, support, bias, alphas, isOptimal);

        double[] Row(int t) => rows[t] ??= Array.ConvertAll(records, x => kernel.Of(records[t], x));

        int Partner(int i, double upper, double[] rowI)
        {
            var (best, gain) = (-1, double.NegativeInfinity);
            for (var t = 0; t < n; t++)
            {
                var violation = upper - u[t];
                if (violation <= 0 || !(y[t] > 0 ? alphas[t] > 0 : alphas[t] < cost)) continue;
                var achieved = violation * violation / Math.Max(Flat, diagonal[i] + diagonal[t] - 2 * rowI[t]);
                if (achieved > gain) (best, gain) = (t, achieved);
            }
            return best;
        }
    }

    /// <summary>f(x): positive where x looks like the positive class.</summary>
    public double Decision(ReadOnlySpan<double> x)
    {
        var sum = Bias;
        for (var s = 0; s < vectors.Length; s++) sum += Support[s].Weight * kernel.Of(vectors[s], x);
        return sum;
    }

    /// <summary>The largest u among the records whose α y may grow, with its place, and the smallest among those whose α y may fall.</summary>
    private static (int Index, double Upper, double Lower) Extremes(double[] y, double[] alphas, double[] u, double cost)
    {
        var (index, upper, lower) = (-1, double.NegativeInfinity, double.PositiveInfinity);
        for (var t = 0; t < u.Length; t++)
        {
            if ((y[t] > 0 ? alphas[t] < cost : alphas[t] > 0) && u[t] > upper) (index, upper) = (t, u[t]);
            if ((y[t] > 0 ? alphas[t] > 0 : alphas[t] < cost) && u[t] < lower) lower = u[t];
        }
        return (index, upper, lower);
    }
}
