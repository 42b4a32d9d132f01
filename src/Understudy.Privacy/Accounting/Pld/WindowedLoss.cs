using System.Runtime.CompilerServices;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>A composition known by the masses of its window.</summary>
/// <param name="frame">Scale and place of the masses.</param>
/// <param name="values">[window] vₗ.</param>
/// <param name="slack">A bound on what wrapping and rounding do to the sum in δ(ε).</param>
internal sealed class WindowedLoss(ComposedLoss.Frame frame, double[] values, double slack) : ComposedLoss(frame)
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double DeltaAt(double epsilon, int sign)
    {
        double sum = 0;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var distance = Loss(i) - epsilon;
            if (distance <= 0) break;
            sum -= values[i] * Math.Exp(-Tilt * distance) * Elementary.Expm1(-distance);
        }
        return Math.Clamp(Infinite + Math.Exp(LogScale(sign) - Tilt * epsilon) * Math.Max(0, sum + sign * slack), 0, 1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double? EpsilonAt(double delta, int sign)
    {
        if (Infinite >= delta) return double.PositiveInfinity;
        double decay = Math.Exp(-Tilt * Step), decayQ = Math.Exp(-(Tilt + 1) * Step), shortfall = -decay * Elementary.Expm1(-Step);
        double excess = 0;  // Σ_{l ≥ i} v·e^(−λ(l − i)h)·(1 − e^(−(l − i)h))
        double massQ = 0;   // Σ_{l ≥ i} v·e^(−(λ + 1)(l − i)h)
        var margin = sign * slack * Math.Exp(Tilt * Step);
        var target = (delta - Infinite) * Math.Exp(Tilt * Loss(values.Length - 1) - LogScale(sign)); // (δ − m_∞)·e^(λε − K)
        if (margin >= target) return null;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var nextExcess = decay * excess + shortfall * massQ;
            var nextTarget = i == values.Length - 1 ? target
                : double.IsFinite(target) ? target * decay : (delta - Infinite) * Math.Exp(Tilt * Loss(i) - LogScale(sign));
            if (nextExcess + margin >= nextTarget)
            {
                // Between this point and the one above, δ·e^(λε − K) is linear in e^ε.
                var above = Loss(i + 1);
                var exact = (delta - Infinite) * Math.Exp(Tilt * above - LogScale(sign));
                var ratio = massQ > 0 ? (excess + massQ + margin - exact) / massQ : 0;
                return Math.Max(0, ratio > 0 ? above + Math.Min(0, Math.Log(ratio)) : above - Step);
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
        double p = Infinite, q = 0, scale = Math.Exp(LogScale(0));
        for (var i = values.Length - 1; i >= 0 && q < falsePositiveRate; i--)
        {
            double ratio = Math.Exp(Loss(i)), massQ = Math.Min(scale * values[i] / ratio, falsePositiveRate - q);
            q += massQ;
            p += massQ * ratio;
        }
        return Math.Clamp(p + sign * slack, 0, 1);
    }
}
