using System.Runtime.CompilerServices;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// A composition known by its Fourier coefficients Φ: sums of its masses are sums of geometric series,
/// Σ_{l ≥ i} v(l)·r^(l − i) = (1/N)·Σₖ Φₖ·(e^(−iθₖi) − r^(n − i)·e^(−iθₖn))/(1 − r·e^(−iθₖ)), for a window that ends before point n.
/// </summary>
internal sealed class SpectralLoss : ComposedLoss
{
    private readonly LowSpectrum spectrum;
    private readonly long length;                            // N, the points of the window
    private readonly double[] lossRe, lossIm, ratioRe, ratioIm; // 1/(1 − e^(−λh − iθₖ)) and 1/(1 − e^(−(λ + 1)h − iθₖ))
    private readonly double fixedSlack;

    /// <param name="frame">Scale and place of the masses.</param>
    /// <param name="spectrum">Φ, of period N.</param>
    /// <param name="fixedSlack">A bound on what masses outside the window do to the sum in δ(ε).</param>
    public SpectralLoss(Frame frame, LowSpectrum spectrum, double fixedSlack) : base(frame)
    {
        (this.spectrum, length) = (spectrum, (long)spectrum.Period);
        this.fixedSlack = fixedSlack + LowSpectrum.Rest * LargestTerm(Tilt);
        (lossRe, lossIm) = Series(Tilt * Step);
        (ratioRe, ratioIm) = Series((Tilt + 1) * Step);
    }

    /// <inheritdoc/>
    public override double DeltaAt(double epsilon, int sign)
    {
        var i = Math.Clamp((long)Math.Ceiling((epsilon - Offset) / Step) - First, 0, length);
        if (i == length) return Math.Clamp(Infinite + Math.Exp(LogScale(sign) - Tilt * epsilon) * Math.Max(0, sign * fixedSlack), 0, 1);
        var (excess, massQ, slack, slackQ) = At(i);
        // Up to this point, δ·e^(λε − K) is linear in e^ε.
        var distance = Loss(i) - epsilon;
        var sum = Math.Exp(-Tilt * distance) * (excess + Math.Max(0, massQ + sign * slackQ) * -Elementary.Expm1(-distance));
        return Math.Clamp(Infinite + Math.Exp(LogScale(sign) - Tilt * epsilon) * Math.Max(0, sum + sign * slack), 0, 1);
    }

    /// <inheritdoc/>
    public override double? EpsilonAt(double delta, int sign)
    {
        if (Infinite >= delta) return double.PositiveInfinity;
        double Target(long i) => Math.Exp(Math.Log(delta - Infinite) + Tilt * Loss(i) - LogScale(sign));
        bool Holds(long i)
        {
            var (sum, _, bound, _) = At(i);
            return sum + sign * bound < Target(i);
        }
        if (!Holds(length)) return null;
        long low = Math.Max(-1, (long)Math.Floor(-Offset / Step) - First), high = length; // Loss(low) ≤ 0
        if (low >= high) return 0;
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (Holds(middle)) high = middle;
            else low = middle;
        }
        if (low < 0) return null;
        var (excess, massQ, slack, slackQ) = At(high);
        var within = massQ + sign * slackQ;
        var ratio = within > 0 ? 1 + (excess + sign * slack - Target(high)) / within : 0;
        return Math.Max(0, ratio > 0 ? Loss(high) + Math.Clamp(Math.Log(ratio), -Step, 0) : Loss(high) - Step);
    }

    /// <summary>Sums over the points from i on, Σ v·e^(−λ(l − i)h)·(1 − e^(−(l − i)h)) and Σ v·e^(−(λ + 1)(l − i)h), with bounds on their errors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Excess, double MassQ, double Slack, double SlackQ) At(long i)
    {
        const double unitRoundoff = 1.2e-16;
        double decay = Math.Exp(-Tilt * Step), shortfall = -decay * Elementary.Expm1(-Step);
        double endLoss = Math.Exp(-Tilt * Step * (length - i)), endRatio = Math.Exp(-(Tilt + 1) * Step * (length - i));
        double excess = 0, massQ = 0, slack = 0, slackQ = 0;
        for (var k = 0; k < spectrum.Count; k++)
        {
            var phi = spectrum[k];
            var (sinI, cosI) = SinCos(k, First + i);
            var (sinEnd, cosEnd) = SinCos(k, First); // a period on
            double a = lossRe[k], b = lossIm[k], c = ratioRe[k], d = ratioIm[k];
            // The difference of the two series without its cancellation: (r − s)·e^(−iθ)/((1 − r·e^(−iθ))·(1 − s·e^(−iθ))).
            var (sin1, cos1) = SinCos(k, 1);
            double productRe = a * c - b * d, productIm = a * d + b * c;
            double betweenRe = shortfall * (productRe * cos1 + productIm * sin1), betweenIm = shortfall * (productIm * cos1 - productRe * sin1);
            double topRe = endLoss * a - endRatio * c, topIm = endLoss * b - endRatio * d;
            double sumRe = betweenRe * cosI + betweenIm * sinI - (topRe * cosEnd + topIm * sinEnd);
            double sumIm = betweenIm * cosI - betweenRe * sinI - (topIm * cosEnd - topRe * sinEnd);
            double qRe = cosI - endRatio * cosEnd, qIm = -sinI + endRatio * sinEnd;
            var weight = k == 0 ? 1 : 2;
            excess += weight * (phi.Real * sumRe - phi.Imaginary * sumIm);
            massQ += weight * (phi.Real * (c * qRe - d * qIm) - phi.Imaginary * (c * qIm + d * qRe));
            var reach = Math.Abs(betweenRe) + Math.Abs(betweenIm) + Math.Abs(topRe) + Math.Abs(topIm);
            slack += weight * (spectrum.Error(k) * (Math.Abs(sumRe) + Math.Abs(sumIm)) + 32 * unitRoundoff * phi.Magnitude * reach);
            slackQ += weight * (spectrum.Error(k) + 32 * unitRoundoff * phi.Magnitude) * 2 * (Math.Abs(c) + Math.Abs(d));
        }
        return (excess / length, massQ / length, slack / length + fixedSlack, slackQ / length + fixedSlack);
    }

    /// <summary>1/(1 − e^(−d − iθₖ)) for all k, with 1 − e^(−d)·cos θ = (1 − e^(−d)) + 2e^(−d)·sin²(θ/2).</summary>
    private (double[] Re, double[] Im) Series(double decay)
    {
        double[] re = new double[spectrum.Count], im = new double[spectrum.Count];
        for (var k = 0; k < re.Length; k++)
        {
            var angle = 2 * Math.PI * k / length;
            double half = Math.Sin(angle / 2), remaining = Math.Exp(-decay);
            double x = -Elementary.Expm1(-decay) + 2 * remaining * half * half, y = remaining * Math.Sin(angle);
            var square = x * x + y * y;
            (re[k], im[k]) = (x / square, -y / square);
        }
        return (re, im);
    }

    /// <summary>sin and cos of θₖl.</summary>
    private (double Sin, double Cos) SinCos(int k, long l) => Math.SinCos(2 * Math.PI * ((double)(l % length * k % length) / length));
}
