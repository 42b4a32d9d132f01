using System.Numerics;
using System.Runtime.CompilerServices;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// The distribution of a sum of independent lattice losses, as exponentially tilted masses vₗ = p(l)·e^(λl − K) within a window. Around its mean the
/// tilted sum has no small numbers, so δ keeps its relative precision however small it is:
/// δ(ε) = m_∞ + e^(K − λε)·Σ_{l &gt; ε} vₗ·e^(−λ(l − ε))·(1 − e^(−(l − ε))).
/// </summary>
internal abstract class ComposedLoss
{
    /// <summary>Tilted mass that may lie outside the window, wrapped around into it.</summary>
    private const double OutsideMass = 1e-11;

    /// <summary>Points of the longest window of which only a few Fourier coefficients are asked for: whole numbers to that are exact.</summary>
    private const double LongestSpectral = 1L << 48;

    private const double LongestTransform = 1 << 27;

    /// <summary>How many nodes times coefficients cost as much as one point of a Fourier transform there and back.</summary>
    private const double TermsAPoint = 40;

    private readonly Frame frame;

    private protected ComposedLoss(Frame frame) => this.frame = frame;

    /// <summary>h.</summary>
    protected double Step => frame.Step;

    /// <summary>λ.</summary>
    protected double Tilt => frame.Tilt;

    /// <summary>m_∞.</summary>
    protected double Infinite => frame.Infinite;

    /// <summary>The loss of lattice index 0.</summary>
    protected double Offset => frame.Offset;

    /// <summary>The lattice index of the window's first point.</summary>
    protected long First => frame.First;

    /// <summary>How many points a composition takes: those of its window, or what its few Fourier coefficients cost where they are fewer.</summary>
    public static double Effort(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step, double tilt)
    {
        var points = WindowLength(parts, step, tilt);
        if (tilt == 0 || points > LongestSpectral) return points;
        var tilted = parts.Select(p => TiltedLattice.Of(p.Lattice, p.Count, step, tilt)).ToArray();
        return Math.Min(points, LowSpectrum.CountFor(tilted, Math.Ceiling(points)) * tilted.Sum(p => p.Index.Length) / TermsAPoint);
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
    /// <exception cref="LatticeTooFineException">The window is too long, and there is no other way.</exception>
    public static ComposedLoss Run(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step, double tilt, Workspace work)
    {
        if (tilt == 0) return RunWindowed(parts, step, tilt, work);
        var tilted = parts.Select(p => TiltedLattice.Of(p.Lattice, p.Count, step, tilt)).ToArray();
        var (place, points, outside) = FrameOf(parts, step, tilt);
        var coefficients = points <= LongestSpectral ? LowSpectrum.CountFor(tilted, points) : double.PositiveInfinity;
        return coefficients * tilted.Sum(p => p.Index.Length) < TermsAPoint * points
            ? new SpectralLoss(place, LowSpectrum.Of(tilted, points, (int)coefficients), outside)
            : RunWindowed(parts, step, tilt, work);
    }

    /// <summary>Composes all masses of the window, by one Fourier transform an event.</summary>
    /// <inheritdoc cref="Run"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static WindowedLoss RunWindowed(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step, double tilt, Workspace work)
    {
        var (place, needed, outside) = FrameOf(parts, step, tilt);
        if (needed > LongestTransform) throw new LatticeTooFineException();
        var length = Math.Max(16, (int)BitOperations.RoundUpToPowerOf2((uint)needed));

        var product = work.Start(length);
        var buffer = product.Values;
        var roundoff = 0.0;
        foreach (var (lattice, count) in parts)
        {
            Array.Clear(buffer);
            var tilted = TiltedLattice.Of(lattice, count, step, tilt);
            for (var i = 0; i < tilted.Index.Length; i++) buffer[tilted.Index[i] & (length - 1)] += tilted.Mass[i];
            roundoff += product.Multiply(count);
        }
        roundoff += product.Invert();

        // From the order of the transform to that of the lattice, the window alone; rounding may have made tiny masses negative.
        var window = new double[(int)needed];
        var shift = (int)(place.First & (length - 1));
        for (var i = 0; i < window.Length; i++) window[i] = Math.Max(0, buffer[(shift + i) & (length - 1)]);

        // Rounding is bounded by the norms of the masses' error and of the terms of δ(ε), whose squares' sum is near 1/(hλ(2λ + 1)(2λ + 2)).
        var largestTerm = LargestTerm(tilt);
        var squares = Math.Min(length, 1 / (step * Math.Max(1e-300, tilt * (2 * tilt + 1) * (2 * tilt + 2))) + largestTerm * largestTerm);
        return new WindowedLoss(place, window, outside + roundoff * Math.Sqrt(squares));
    }

    /// <summary>δ(ε), with the numerical slack added (sign +1) or taken off (−1).</summary>
    public abstract double DeltaAt(double epsilon, int sign);

    /// <summary>The smallest ε ≥ 0 with δ(ε) at most δ, the slack added (sign +1) or taken off (−1); null where it lies outside the window.</summary>
    public abstract double? EpsilonAt(double delta, int sign);

    /// <summary>K, with what rounding may have done to it added (sign +1) or taken off (−1).</summary>
    protected double LogScale(int sign) => frame.LogScale + sign * frame.ScaleError;

    /// <summary>The loss of a point of the window.</summary>
    protected double Loss(long i) => frame.Offset + (frame.First + i) * frame.Step;

    /// <summary>δ(ε) sums masses times e^(−λy)·(1 − e^(−y)), at most λ^λ/(1 + λ)^(1 + λ) each.</summary>
    protected static double LargestTerm(double tilt) => tilt == 0 ? 1 : Math.Exp(tilt * Math.Log(tilt / (1 + tilt))) / (1 + tilt);

    private static (Frame Frame, double Points, double Outside) FrameOf(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step, double tilt)
    {
        var (low, high) = Window(parts, step, tilt);
        var start = Math.Floor(low / step);
        double logMoment = 0, origin = 0, logFinite = 0, runs = 0;
        foreach (var (lattice, count) in parts)
        {
            logMoment += count * lattice.Cumulant(tilt, step).Value;
            origin += count * lattice.Offset;
            logFinite += count * Elementary.Log1p(-lattice.InfiniteMass);
            runs += count;
        }
        // A cumulant is off by a few roundings of the masses it sums, and each run of it again.
        var scaleError = Math.ScaleB(1, -50) * (runs + Math.Abs(logMoment) + tilt * (Math.Abs(origin) + Math.Abs(low) + Math.Abs(high)));
        var place = new Frame(step, tilt, origin, logMoment + tilt * origin, scaleError, -Elementary.Expm1(logFinite), (long)start);
        var support = parts.Sum(p => (double)p.Count * (p.Lattice.Index[^1] - p.Lattice.Index[0])) * step;
        return (place, Math.Ceiling(high / step) - start + 1, high - low >= support ? 0 : OutsideMass * LargestTerm(tilt));
    }

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

    /// <summary>Scale and place of the masses of a composition.</summary>
    /// <param name="Step">h.</param>
    /// <param name="Tilt">λ.</param>
    /// <param name="Offset">The loss of lattice index 0.</param>
    /// <param name="LogScale">K.</param>
    /// <param name="ScaleError">A bound on the rounding error of K.</param>
    /// <param name="Infinite">m_∞.</param>
    /// <param name="First">The lattice index of the window's first point.</param>
    public sealed record Frame(double Step, double Tilt, double Offset, double LogScale, double ScaleError, double Infinite, long First);

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
