using System.Numerics;
using System.Runtime.CompilerServices;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// The distribution of a sum of independent lattice losses, as a window of its exponentially tilted masses vₗ = p(l)·e^(λl − K), found by one
/// Fourier transform an event. Around its mean the tilted sum has no small numbers, so δ keeps its relative precision however small it is:
/// δ(ε) = m_∞ + e^(K − λε)·Σ_{l &gt; ε} vₗ·e^(−λ(l − ε))·(1 − e^(−(l − ε))).
/// </summary>
internal sealed class ComposedLoss
{
    /// <summary>Tilted mass that may lie outside the window, wrapped around into it.</summary>
    private const double OutsideMass = 1e-11;

    private readonly double step;
    private readonly double tilt;
    private readonly double offset;
    private readonly double logScale;  // K
    private readonly double infinite;  // m_∞
    private readonly long first;       // lattice index of values[0]
    private readonly double[] values;  // [window] vₗ
    private readonly double slack;     // bound on what wrapping and rounding do to the sum in δ(ε)

    private ComposedLoss(double step, double tilt, double offset, double logScale, double infinite, long first, double[] values, double slack)
    {
        (this.step, this.tilt, this.offset, this.logScale) = (step, tilt, offset, logScale);
        (this.infinite, this.first, this.values, this.slack) = (infinite, first, values, slack);
    }

    /// <summary>How many lattice points the window needs.</summary>
    public static double WindowLength(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step, double tilt)
    {
        var (low, high) = Window(parts, step, tilt);
        return (high - low) / step + 1;
    }

    /// <summary>Composes.</summary>
    /// <param name="parts">Lattices of one step h, with their numbers of self-compositions.</param>
    /// <param name="step">h.</param>
    /// <param name="tilt">λ ≥ 0: best where the ε of interest is the mean of the tilted sum.</param>
    /// <param name="work">Reused from call to call.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ComposedLoss Run(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step, double tilt, Workspace work)
    {
        var (low, high) = Window(parts, step, tilt);
        var start = (long)Math.Floor(low / step);
        var needed = Math.Ceiling(high / step) - start + 1;
        if (needed > 1 << 27) throw new LatticeTooFineException();
        var length = Math.Max(16, (int)BitOperations.RoundUpToPowerOf2((uint)needed));

        var product = work.Start(length);
        var buffer = product.Values;
        double logMoment = 0, origin = 0, logFinite = 0, roundoff = 0;
        foreach (var (lattice, count) in parts)
        {
            var cumulant = lattice.Cumulant(tilt, step).Value;
            Array.Clear(buffer);
            for (var i = 0; i < lattice.Index.Length; i++)
                buffer[lattice.Index[i] & (length - 1)] += lattice.Mass[i] * Math.Exp(tilt * lattice.Index[i] * step - cumulant);
            roundoff += product.Multiply(count);
            logMoment += count * cumulant;
            origin += count * lattice.Offset;
            logFinite += count * Elementary.Log1p(-lattice.InfiniteMass);
        }
        roundoff += product.Invert();

        // From the order of the transform to that of the lattice, the window alone; rounding may have made tiny masses negative.
        var window = new double[(int)needed];
        var shift = (int)(start & (length - 1));
        for (var i = 0; i < window.Length; i++) window[i] = Math.Max(0, buffer[(shift + i) & (length - 1)]);

        // δ(ε) sums masses times e^(−λy)·(1 − e^(−y)), at most λ^λ/(1 + λ)^(1 + λ) each.
        var largestTerm = tilt == 0 ? 1 : Math.Exp(tilt * Math.Log(tilt / (1 + tilt))) / (1 + tilt);
        // Rounding is bounded by the norms of the masses' error and of these terms, whose squares' sum is near 1/(hλ(2λ + 1)(2λ + 2)).
        var squares = Math.Min(length, 1 / (step * Math.Max(1e-300, tilt * (2 * tilt + 1) * (2 * tilt + 2))) + largestTerm * largestTerm);
        var outside = high - low >= Support(parts, step) ? 0 : OutsideMass * largestTerm;
        return new ComposedLoss(step, tilt, origin, logMoment + tilt * origin, -Elementary.Expm1(logFinite), start, window, outside + roundoff * Math.Sqrt(squares));
    }

    /// <summary>δ(ε), with the numerical slack added (sign +1) or taken off (−1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double DeltaAt(double epsilon, int sign)
    {
        double sum = 0;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var distance = Loss(i) - epsilon;
            if (distance <= 0) break;
            sum -= values[i] * Math.Exp(-tilt * distance) * Elementary.Expm1(-distance);
        }
        return Math.Clamp(infinite + Math.Exp(logScale - tilt * epsilon) * Math.Max(0, sum + sign * slack), 0, 1);
    }

    /// <summary>The smallest ε ≥ 0 with δ(ε) at most δ, the slack added (sign +1) or taken off (−1); null where it lies outside the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double? EpsilonAt(double delta, int sign)
    {
        if (infinite >= delta) return double.PositiveInfinity;
        double decay = Math.Exp(-tilt * step), decayQ = Math.Exp(-(tilt + 1) * step), shortfall = -decay * Elementary.Expm1(-step);
        double excess = 0;  // Σ_{l ≥ i} v·e^(−λ(l − i)h)·(1 − e^(−(l − i)h))
        double massQ = 0;   // Σ_{l ≥ i} v·e^(−(λ + 1)(l − i)h)
        var margin = sign * slack * Math.Exp(tilt * step);
        var target = (delta - infinite) * Math.Exp(tilt * Loss(values.Length - 1) - logScale); // (δ − m_∞)·e^(λε − K)
        if (margin >= target) return null;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var nextExcess = decay * excess + shortfall * massQ;
            var nextTarget = i == values.Length - 1 ? target
                : double.IsFinite(target) ? target * decay : (delta - infinite) * Math.Exp(tilt * Loss(i) - logScale);
            if (nextExcess + margin >= nextTarget)
            {
                // Between this point and the one above, δ·e^(λε − K) is linear in e^ε.
                var above = Loss(i + 1);
                var exact = (delta - infinite) * Math.Exp(tilt * above - logScale);
                var ratio = massQ > 0 ? (excess + massQ + margin - exact) / massQ : 0;
                return Math.Max(0, ratio > 0 ? above + Math.Min(0, Math.Log(ratio)) : above - step);
            }
            if (Loss(i) <= 0) return 0;
            (excess, massQ, target) = (nextExcess, values[i] + decayQ * massQ, nextTarget);
        }
        return null;
    }

    /// <summary>
    /// P(L &gt; t) at the threshold where Q(L &gt; t) is a given rate, atoms split; the slack added (sign +1) or taken off (−1). Needs λ = 0.
    /// </summary>
    public double TruePositiveRate(double falsePositiveRate, int sign)
    {
        double p = infinite, q = 0, scale = Math.Exp(logScale);
        for (var i = values.Length - 1; i >= 0 && q < falsePositiveRate; i--)
        {
            double ratio = Math.Exp(Loss(i)), massQ = Math.Min(scale * values[i] / ratio, falsePositiveRate - q);
            q += massQ;
            p += massQ * ratio;
        }
        return Math.Clamp(p + sign * slack, 0, 1);
    }

    private double Loss(int i) => offset + (first + i) * step;

    /// <summary>The width of all possible losses.</summary>
    private static double Support(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step) =>
        parts.Sum(p => (double)p.Count * (p.Lattice.Index[^1] - p.Lattice.Index[0])) * step;

    /// <summary>
    /// Index-part losses between which all but <see cref="OutsideMass"/> of the tilted sum lies, by Chernoff's bound: for any s &gt; 0 no more
    /// than e^(K(λ + s) − K(λ) − s·u) lies above u, and likewise below.
    /// </summary>
    private static (double Low, double High) Window(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step, double tilt)
    {
        (double Value, double Mean, double Variance) Total(double s)
        {
            double value = 0, mean = 0, variance = 0;
            foreach (var (lattice, count) in parts)
            {
                var k = lattice.Cumulant(s, step);
                (value, mean, variance) = (value + count * k.Value, mean + count * k.Mean, variance + count * k.Variance);
            }
            return (value, mean, variance);
        }
        var here = Total(tilt);
        var logMass = Math.Log(2 / OutsideMass);
        var scale = Math.Sqrt(2 * logMass / Math.Max(here.Variance, step * step));
        double low = parts.Sum(p => (double)p.Count * p.Lattice.Index[0]) * step, high = parts.Sum(p => (double)p.Count * p.Lattice.Index[^1]) * step;
        foreach (var factor in (ReadOnlySpan<double>)[0.1, 0.25, 0.45, 0.65, 0.85, 1, 1.3, 2])
        {
            var s = factor * scale;
            high = Math.Min(high, (Total(tilt + s).Value - here.Value + logMass) / s);
            low = Math.Max(low, -(Total(tilt - s).Value - here.Value + logMass) / s);
        }
        return (low, Math.Max(high, low));
    }

    /// <summary>The arrays of one composition, kept for the next one of the same length.</summary>
    public sealed class Workspace
    {
        private FourierProduct? product;

        /// <summary>An empty product of sequences of a length.</summary>
        public FourierProduct Start(int length)
        {
            if (product?.Values.Length != length) product = new FourierProduct(length);
            product.Reset();
            return product;
        }
    }
}
