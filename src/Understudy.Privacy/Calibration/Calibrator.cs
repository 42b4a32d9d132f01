using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Calibration;

/// <summary>
/// Finds the least noise, the most steps or the highest sampling rate that keeps a plan within a privacy target. The answer is always on the
/// private side: the accountant's upper ε at the returned value is at most the target. Real-valued answers are within 1e-6 of the boundary,
/// relatively. Report ε at the returned value, not the target.
/// </summary>
/// <param name="accountant">Who judges.</param>
/// <param name="target">The ε not to exceed, positive.</param>
/// <param name="delta">At which δ.</param>
public sealed class Calibrator(PrivacyAccountant accountant, Epsilon target, Delta delta)
{
    private const double Tolerance = 1e-6;
    private const double LargestNoise = 1e7;
    private const double SmallestNoise = 1e-2;
    private const double SmallestRate = 1e-12;
    private const double MostSteps = 1e9;

    private readonly double target = target.Value > 0
        ? target.Value
        : throw new ArgumentOutOfRangeException(nameof(target), "the target epsilon must be positive.");

    /// <summary>The smallest noise multiplier that meets the target, from 0.01 up.</summary>
    /// <param name="plan">The event of the whole plan at a given σ.</param>
    /// <exception cref="InvalidOperationException">No noise multiplier up to 1e7 meets the target.</exception>
    public NoiseMultiplier SmallestNoiseMultiplier(Func<NoiseMultiplier, PrivacyEvent> plan)
    {
        // In ln(1/σ), a larger value is less private.
        double EpsilonOf(double x) => accountant.EpsilonAt(plan(new NoiseMultiplier(Math.Exp(-x))), delta).Upper.Value;
        var safe = Largest(EpsilonOf, 0, -Math.Log(LargestNoise), -Math.Log(SmallestNoise))
            ?? throw new InvalidOperationException($"no noise multiplier up to {LargestNoise:0} meets epsilon {target} at delta {delta}.");
        return new NoiseMultiplier(Math.Exp(-safe));
    }

    /// <summary>The highest Poisson sampling rate that meets the target.</summary>
    /// <param name="plan">The event of the whole plan at a given q.</param>
    /// <exception cref="InvalidOperationException">No sampling rate down to 1e-12 meets the target.</exception>
    public SamplingRate LargestSamplingRate(Func<SamplingRate, PrivacyEvent> plan)
    {
        double EpsilonOf(double x) => accountant.EpsilonAt(plan(new SamplingRate(Math.Min(1, Math.Exp(x)))), delta).Upper.Value;
        var safe = Largest(EpsilonOf, Math.Log(0.01), Math.Log(SmallestRate), 0)
            ?? throw new InvalidOperationException($"no sampling rate down to {SmallestRate} meets epsilon {target} at delta {delta}.");
        return new SamplingRate(Math.Min(1, Math.Exp(safe)));
    }

    /// <summary>The largest number of steps that meets the target: 0 if one step is too many, at most 10⁹.</summary>
    /// <param name="plan">The event of the whole plan for a given number of steps.</param>
    public long LargestSteps(Func<long, PrivacyEvent> plan)
    {
        var known = new Dictionary<long, double>();
        double EpsilonOf(double x)
        {
            var steps = (long)Math.Floor(Math.Exp(x) * (1 + 1e-12));
            if (!known.TryGetValue(steps, out var epsilon)) known[steps] = epsilon = accountant.EpsilonAt(plan(steps), delta).Upper.Value;
            return epsilon;
        }
        if (EpsilonOf(0) > target) return 0;
        Largest(EpsilonOf, Math.Log(1024), 0, Math.Log(MostSteps));
        // Whole numbers next to the boundary.
        var safe = known.Where(k => k.Value <= target).Max(k => k.Key);
        var excessive = known.Where(k => k.Value > target).Select(k => k.Key).DefaultIfEmpty((long)MostSteps + 1).Min();
        while (excessive - safe > 1)
        {
            var middle = safe + (excessive - safe) / 2;
            if (EpsilonOf(Math.Log(middle)) <= target) safe = middle;
            else excessive = middle;
        }
        return safe;
    }

    /// <summary>The largest x in [low, high] found with ε(x) ≤ target, for an increasing ε; null if even the low end exceeds it.</summary>
    private double? Largest(Func<double, double> epsilonOf, double start, double low, double high)
    {
        double Excess(double x) => Math.Log(epsilonOf(x) / target);
        double safe = start, excessive = start, excess = Excess(start), safeExcess = excess;
        for (var stride = Math.Log(2); excess <= 0; stride *= 2)
        {
            if (excessive >= high) return high;
            (safe, safeExcess) = (excessive, excess);
            excessive = Math.Min(high, excessive + stride);
            excess = Excess(excessive);
        }
        for (var stride = Math.Log(2); safeExcess > 0; stride *= 2)
        {
            if (safe <= low) return null;
            (excessive, excess) = (safe, safeExcess);
            safe = Math.Max(low, safe - stride);
            safeExcess = Excess(safe);
        }
        // Secant steps on ln ε, which is nearly linear in x, kept inside the bracket; bisection where they stall.
        for (var i = 0; excessive - safe > Tolerance; i++)
        {
            var x = safe - safeExcess * (excessive - safe) / (excess - safeExcess);
            if (!double.IsFinite(x) || i % 4 == 3) x = (safe + excessive) / 2;
            x = Math.Clamp(x, safe + Tolerance / 2, excessive - Tolerance / 2);
            var value = Excess(x);
            if (value <= 0) (safe, safeExcess) = (x, value);
            else (excessive, excess) = (x, value);
        }
        return safe;
    }
}
