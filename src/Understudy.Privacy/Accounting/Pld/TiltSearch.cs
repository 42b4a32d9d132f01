namespace Understudy.Privacy.Accounting.Pld;

/// <summary>Finds the exponential tilt λ at which a question about a composition is best answered, from the cumulants of its lattices.</summary>
/// <param name="parts">Lattices of one step, with their counts.</param>
/// <param name="step">The step h.</param>
internal sealed class TiltSearch(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step)
{
    private const double Smallest = 1e-4;
    private const double Resolution = 0.02;  // of ln λ
    private const double Affordable = 12;    // how far, in ln, Chernoff's bound may lie above δ before rounding and wrapping show

    /// <summary>
    /// The tilt at which Chernoff's bound on ε, (K(λ) + ln c(λ) − ln δ)/λ with c = λ^λ/(1 + λ)^(1 + λ), is smallest, and that bound, which
    /// holds for the lattices whatever the tilt.
    /// </summary>
    /// <param name="delta">δ, less the mass of infinite losses, in (0, 1).</param>
    public (double Tilt, double Epsilon) Chernoff(double delta)
    {
        var logDelta = Math.Log(delta);
        // The derivative's sign: λ·(K′ + ln(λ/(1 + λ))) − (K + ln c − ln δ), increasing in λ.
        var tilt = Bisect(trial =>
        {
            var (value, mean) = Cumulant(trial);
            return trial * mean - value + Math.Log(1 + trial) + logDelta >= 0;
        });
        var bound = (Cumulant(tilt).Value + tilt * Math.Log(tilt) - (1 + tilt) * Math.Log(1 + tilt) - logDelta) / tilt;
        return (tilt, Math.Max(0, bound));
    }

    /// <summary>The λ ≥ 0 at which the tilted mean K′(λ) is ε.</summary>
    public double Saddle(double epsilon) => Cumulant(0).Mean >= epsilon ? 0 : Bisect(trial => Cumulant(trial).Mean >= epsilon);

    /// <summary>Chernoff's bound on δ(ε) at a tilt, the mass of infinite losses included.</summary>
    public double DeltaBound(double tilt, double epsilon)
    {
        var finite = tilt == 0 ? 1 : Math.Exp(Cumulant(tilt).Value - tilt * epsilon + tilt * Math.Log(tilt) - (1 + tilt) * Math.Log(1 + tilt));
        return Math.Min(1, finite + parts.Sum(p => p.Count * p.Lattice.InfiniteMass));
    }

    /// <summary>
    /// Of some weaker tilts that still keep δ(ε) well above rounding, the one whose window is smallest: where the tail of the loss is heavy, a
    /// strong tilt makes it dominate.
    /// </summary>
    public double Narrowest(double best, double epsilon, double delta)
    {
        var limit = delta * Math.Exp(Affordable);
        return new[] { best, best / 2, best / 4 }.Where(trial => trial == best || DeltaBound(trial, epsilon) <= limit).MinBy(Window);
    }

    /// <summary>The width of the composed losses that matter under a tilt.</summary>
    public double Window(double tilt) => ComposedLoss.WindowLength(parts, step, tilt) * step;

    private (double Value, double Mean) Cumulant(double tilt)
    {
        double value = 0, mean = 0;
        foreach (var (lattice, count) in parts)
        {
            var k = lattice.Cumulant(tilt, step);
            value += count * (k.Value + tilt * lattice.Offset);
            mean += count * (k.Mean + lattice.Offset);
        }
        return (value, mean);
    }

    /// <summary>The smallest tilt, up to 1/h, at which a condition holds that then goes on to hold.</summary>
    private double Bisect(Func<double, bool> holds)
    {
        double low = Math.Log(Smallest), high = Math.Log(1 / step);
        while (high - low > Resolution)
        {
            var middle = (low + high) / 2;
            if (holds(Math.Exp(middle))) high = middle;
            else low = middle;
        }
        return Math.Exp(high);
    }
}
