using System.Runtime.CompilerServices;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>A discrete privacy-loss distribution (or sub-distribution): masses at the losses offset + index·h.</summary>
/// <param name="Offset">Loss of index 0.</param>
/// <param name="Index">[n] ascending.</param>
/// <param name="Mass">[n] P-mass, 0 or more.</param>
/// <param name="InfiniteMass">P-mass at L = ∞.</param>
internal sealed record LossLattice(double Offset, int[] Index, double[] Mass, double InfiniteMass)
{
    /// <summary>Cumulant generating function of the index part, K(s) = ln Σ mass·e^(s·index·h), with its first two derivatives.</summary>
    /// <param name="s">Any real number.</param>
    /// <param name="step">h.</param>
    public (double Value, double Mean, double Variance) Cumulant(double s, double step)
    {
        var reference = s >= 0 ? Index[^1] : Index[0];
        var (sum, first, second) = Sums(s, step, reference, 0);
        var shift = 0.0;
        if (sum < 1e-250)
        {
            // The terms that matter lie far from the reference: shift by the largest.
            shift = double.NegativeInfinity;
            for (var i = 0; i < Index.Length; i++) shift = Math.Max(shift, Math.Log(Mass[i]) + s * step * (Index[i] - reference));
            (sum, first, second) = Sums(s, step, reference, shift);
        }
        var mean = first / sum;
        return (s * reference * step + shift + Math.Log(sum), reference * step + mean, Math.Max(0, second / sum - mean * mean));
    }

    /// <summary>Σ of mass·e^(sx − shift), and of the same times x and x², with x the loss counted from the reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Sum, double First, double Second) Sums(double s, double step, int reference, double shift)
    {
        double sum = 0, first = 0, second = 0;
        for (var i = 0; i < Index.Length; i++)
        {
            var x = (Index[i] - reference) * step;
            var term = shift == 0 ? Mass[i] * Math.Exp(s * x) : Mass[i] > 0 ? Math.Exp(Math.Log(Mass[i]) + s * x - shift) : 0;
            sum += term;
            first += term * x;
            second += term * x * x;
        }
        return (sum, first, second);
    }
}
