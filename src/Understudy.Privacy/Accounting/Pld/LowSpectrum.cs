using System.Numerics;
using System.Runtime.CompilerServices;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// The Fourier coefficients of a composition that matter. The spectrum of a sum of many losses vanishes but for its lowest frequencies, which are summed
/// directly; a bound on all others shows that they may be left out, so nothing as long as the window is ever transformed.
/// </summary>
/// <remarks>
/// With φ(θ) = Σ v(l)·e^(iθl), |φ|² = 1 − Σ v(a)v(b)(1 − cos θ(a − b)), and 1 − cos x ≥ 2x²/π² up to |x| = π. So for θ in [θ₁, θ₂] and any disjoint
/// stretches of at most π/θ₂ lattice points, |φ(θ)|² ≤ 1 − (4θ₁²/π²)·Σ (m₀m₂ − m₁²), with m the moments of the mass in a stretch.
/// </remarks>
internal sealed class LowSpectrum
{
    private const double BandRatio = 1.4;
    private const double Negligible = 36;    // −ln of what all frequencies left out may add up to
    private const int Block = 512;           // nodes summed at a time
    private const int Restart = 16;          // frequencies between two fresh evaluations of sines

    private readonly double[] re, im, error; // [K + 1]

    private LowSpectrum(double period, int count)
    {
        Period = period;
        (re, im, error) = (new double[count], new double[count], new double[count]);
    }

    /// <summary>N: coefficient k belongs to the angle 2πk/N a lattice point.</summary>
    public double Period { get; }

    /// <summary>How many coefficients there are, from k = 0 on.</summary>
    public int Count => re.Length;

    /// <summary>Coefficient k.</summary>
    public Complex this[int k] => new(re[k], im[k]);

    /// <summary>A bound on the error of coefficient k.</summary>
    public double Error(int k) => error[k];

    /// <summary>A bound on the sum of the magnitudes of all coefficients left out, over N.</summary>
    public static double Rest => Math.Exp(-Negligible);

    /// <summary>The number of coefficients that matter as far as the bound can tell; infinite where all do.</summary>
    /// <param name="parts">Tilted masses of each step.</param>
    /// <param name="period">N.</param>
    public static double CountFor(IReadOnlyList<TiltedLattice> parts, double period)
    {
        var needed = Negligible + Math.Log(period);
        for (var high = Math.PI; high > 2 * Math.PI / period; high /= BandRatio)
        {
            double low = high / BandRatio, logMagnitude = 0;
            foreach (var part in parts)
            {
                var drop = Math.Min(1, 4 * low * low / (Math.PI * Math.PI) * Spread(part, (long)(Math.PI / high)));
                logMagnitude += 0.5 * part.Count * Math.Log(1 + 1e-9 / part.Count - drop * (1 - 1e-9));
            }
            if (!(logMagnitude <= -needed)) return high == Math.PI ? double.PositiveInfinity : Math.Ceiling(high * period / (2 * Math.PI)) + 1;
        }
        return 1;
    }

    /// <summary>Sums the first coefficients.</summary>
    /// <param name="parts">Tilted masses of each step.</param>
    /// <param name="period">N, a whole number up to 2⁵⁰.</param>
    /// <param name="count">How many.</param>
    public static LowSpectrum Of(IReadOnlyList<TiltedLattice> parts, double period, int count)
    {
        var spectrum = new LowSpectrum(period, count);
        double[] partRe = new double[count], partIm = new double[count], phase = new double[count];
        double[] logMagnitude = new double[count], logBound = new double[count];
        foreach (var part in parts)
        {
            Transform(part, (long)period, partRe, partIm);
            // Roundings of the masses, of a block's sines and of sums in a block and of blocks.
            var roundoff = Math.ScaleB(1, -53) * (512 + part.Index.Length / (double)Block);
            for (var k = 0; k < count; k++)
            {
                var magnitude = Math.Sqrt(partRe[k] * partRe[k] + partIm[k] * partIm[k]);
                logMagnitude[k] += part.Count * Math.Log(Math.Min(1, magnitude));
                logBound[k] += part.Count * Math.Log(magnitude + roundoff);
                phase[k] += Math.IEEERemainder(part.Count * Math.Atan2(partIm[k], partRe[k]), 2 * Math.PI);
            }
        }
        for (var k = 0; k < count; k++)
        {
            var (sin, cos) = Math.SinCos(phase[k]);
            var magnitude = Math.Exp(logMagnitude[k]);
            (spectrum.re[k], spectrum.im[k]) = (magnitude * cos, magnitude * sin);
            // |(φ + e)^T − φ^T| ≤ (|φ| + |e|)^T − |φ|^T.
            spectrum.error[k] = double.IsNegativeInfinity(logMagnitude[k]) ? Math.Exp(logBound[k]) : magnitude * Numerics.Elementary.Expm1(logBound[k] - logMagnitude[k]);
        }
        return spectrum;
    }

    /// <summary>Σ over stretches of at most <paramref name="reach"/> lattice points of m₀m₂ − m₁².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Spread(TiltedLattice part, long reach)
    {
        var (index, mass) = (part.Index, part.Mass);
        double spread = 0, m0 = 0, m1 = 0, m2 = 0;
        long start = index[0];
        for (var i = 0; i < index.Length; i++)
        {
            if (index[i] - start > reach)
            {
                spread += Math.Max(0, m0 * m2 - m1 * m1);
                (start, m0, m1, m2) = (index[i], mass[i], 0, 0);
                continue;
            }
            double x = index[i] - start;
            m0 += mass[i];
            m1 += x * mass[i];
            m2 += x * x * mass[i];
        }
        return spread + Math.Max(0, m0 * m2 - m1 * m1);
    }

    /// <summary>Σ v(l)·e^(2πikl/N) for each k, a block of nodes at a time, turning each node's unit vector from one k to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transform(TiltedLattice part, long period, double[] real, double[] imaginary)
    {
        Array.Clear(real);
        Array.Clear(imaginary);
        Span<double> cos = stackalloc double[Block], sin = stackalloc double[Block], x = stackalloc double[Block], y = stackalloc double[Block];
        var unit = 2 * Math.PI / period;
        for (var from = 0; from < part.Index.Length; from += Block)
        {
            var nodes = part.Index.AsSpan(from, Math.Min(Block, part.Index.Length - from));
            var masses = part.Mass.AsSpan(from, nodes.Length);
            for (var i = 0; i < nodes.Length; i++) (sin[i], cos[i]) = Math.SinCos(unit * Residue(nodes[i], period));
            for (var k = 0; k < real.Length; k++)
            {
                double sumRe = 0, sumIm = 0;
                if (k % Restart == 0)
                {
                    for (var i = 0; i < nodes.Length; i++)
                    {
                        var (s, c) = Math.SinCos(unit * Residue((Int128)nodes[i] * k, period));
                        sumRe += x[i] = masses[i] * c;
                        sumIm += y[i] = masses[i] * s;
                    }
                }
                else
                {
                    (sumRe, sumIm) = Turn(x[..nodes.Length], y, cos, sin);
                }
                real[k] += sumRe;
                imaginary[k] += sumIm;
            }
        }
    }

    /// <summary>Multiplies each x + iy by its cos + i·sin, and adds them all up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Re, double Im) Turn(Span<double> x, Span<double> y, Span<double> cos, Span<double> sin)
    {
        Vector<double> totalRe = default, totalIm = default;
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> a = new(x[i..]), b = new(y[i..]), c = new(cos[i..]), s = new(sin[i..]);
            Vector<double> nextRe = a * c - b * s, nextIm = a * s + b * c;
            nextRe.CopyTo(x[i..]);
            nextIm.CopyTo(y[i..]);
            totalRe += nextRe;
            totalIm += nextIm;
        }
        double sumRe = Vector.Sum(totalRe), sumIm = Vector.Sum(totalIm);
        for (; i < x.Length; i++)
        {
            (x[i], y[i]) = (x[i] * cos[i] - y[i] * sin[i], x[i] * sin[i] + y[i] * cos[i]);
            sumRe += x[i];
            sumIm += y[i];
        }
        return (sumRe, sumIm);
    }

    /// <summary>A whole number modulo N, nearest to zero.</summary>
    private static double Residue(Int128 value, long period)
    {
        var rest = (long)(value % period);
        return rest > period / 2 ? rest - period : rest < -period / 2 ? rest + period : rest;
    }
}
