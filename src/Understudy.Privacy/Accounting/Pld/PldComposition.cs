using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// The composition of some pairs in one direction: chooses the tilt λ and the lattice step h for the question asked, and answers it from
/// above and from below.
/// </summary>
/// <remarks>
/// The circumscribed lattice adds λ(λ + 1)h²/12 to each cumulant K(λ), so ε rises by about T(λ + 1)h²/12 and ln δ by λ times that; the
/// inscribed one takes off between half and twice as much.
/// </remarks>
internal sealed class PldComposition(IReadOnlyList<(LossPair Pair, long Count)> pairs, PldOptions options, ComposedLoss.Workspace work)
{
    private const double UsualStep = 1e-4;
    private const int UsualWindow = 1 << 19;
    private const int LargestWindow = 1 << 22;
    private const double LargestIndex = 5e8;
    private const int CoarseNodes = 2000;
    private const double AcceptedWidth = 1e-3;

        private readonly double runs = pairs.Sum(p => (double)p.Count);

    /// <summary>The ends between which ε lies at a given δ in (0, 1).</summary>
    public (double Lower, double Upper) EpsilonAt(double delta)
    {
        // At ε = 0 the hockey stick is the total variation, which adds up at most.
        if (pairs.Sum(p => p.Count * p.Pair.HockeyStick(0)) <= delta) return (0, 0);
        var tail = delta * 1e-9 / runs;
        var coarseStep = CoarseStep(tail);
        var (saddle, guess) = Chernoff(Upper(coarseStep, 0, tail), coarseStep, delta);
        var coarse = Upper(coarseStep, saddle, tail);
        (saddle, guess) = Chernoff(coarse, coarseStep, delta);
        if (guess <= 0) return (0, 0);
        var tilt = Narrowest(coarse, coarseStep, saddle);
        var wanted = Math.Sqrt(12 * options.Tolerance * Math.Max(guess, 1e-4) / (runs * (saddle + 1)));
        var step = options.Step ?? Step(wanted, ComposedLoss.WindowLength(coarse, coarseStep, tilt) * coarseStep, coarseStep * CoarseNodes);
        for (var attempt = 0; ; attempt++)
        {
            var upperParts = Upper(step, tilt, tail);
            var upper = ComposedLoss.Run(upperParts, step, tilt, work).EpsilonAt(delta, +1);
            var lower = ComposedLoss.Run(Lower(step, tilt, tail), step, tilt, work).EpsilonAt(delta, -1);
            if (upper is { } high && lower is { } low)
            {
                var width = high - low;
                if (options.Step is not null || attempt >= 2 || width <= AcceptedWidth * high || high < 1e-9
                    || ComposedLoss.WindowLength(upperParts, step, tilt) > LargestWindow / 2) return (low, high);
                step *= Math.Clamp(Math.Sqrt(AcceptedWidth * high / width) / 2, 0.1, 0.5);
            }
            else
            {
                if (attempt >= 4) return (lower ?? 0, upper ?? double.PositiveInfinity);
                tilt = attempt < 3 ? Chernoff(upperParts, step, delta).Tilt / (1 << attempt) : 0;
            }
        }
    }

    /// <summary>The ends between which δ lies at a given ε ≥ 0.</summary>
    public (double Lower, double Upper) DeltaAt(double epsilon)
    {
        var tail = 1e-24 / runs;
        for (var attempt = 0; ; attempt++)
        {
            double tilt = 0, step = CoarseStep(tail);
            for (var round = 0; round < 2; round++)
            {
                tilt = Saddle(Upper(step, tilt, tail), step, epsilon);
            }
            var wanted = Math.Sqrt(12 * 2 * options.Tolerance / (runs * Math.Max(tilt, 0.1) * (tilt + 1)));
            step = options.Step ?? Step(wanted, ComposedLoss.WindowLength(Upper(step, tilt, tail), step, tilt) * step, step * CoarseNodes);
            var upper = ComposedLoss.Run(Upper(step, tilt, tail), step, tilt, work).DeltaAt(epsilon, +1);
            var lower = ComposedLoss.Run(Lower(step, tilt, tail), step, tilt, work).DeltaAt(epsilon, -1);
            if (attempt >= 3 || tail * runs <= 1e-7 * upper || upper == 0) return (lower, upper);
            tail = Math.Max(1e-290, Math.Min(tail * 1e-6, upper * 1e-9 / runs));
        }
    }

    /// <summary>Distributions that bracket the untilted one from above and below, to read an ROC curve from.</summary>
    public (ComposedLoss Upper, ComposedLoss Lower) Distribution()
    {
        var tail = 1e-12 / runs;
        var coarse = CoarseStep(tail);
        // Var(L) rises by h²/6 a run; its share of the variance decides how far the curve moves.
        var variance = Upper(coarse, 0, tail).Sum(p => p.Item2 * p.Item1.Cumulant(0, coarse).Variance);
        var wanted = Math.Sqrt(12 * options.Tolerance * variance / runs);
        var step = options.Step ?? Step(wanted, ComposedLoss.WindowLength(Upper(coarse, 0, tail), coarse, 0) * coarse, coarse * CoarseNodes);
        return (ComposedLoss.Run(Upper(step, 0, tail), step, 0, work), ComposedLoss.Run(Lower(step, 0, tail), step, 0, work));
    }

    private IReadOnlyList<(LossLattice, long)> Upper(double step, double tilt, double tail) =>
        [.. pairs.Select(p => (LossDiscretization.Upper(p.Pair, step, tail, options.Step is null ? tilt : null), p.Count))];

    private IReadOnlyList<(LossLattice, long)> Lower(double step, double tilt, double tail) =>
        [.. pairs.Select(p => (LossDiscretization.Lower(p.Pair, step, tail, options.Step is null ? tilt : null), p.Count))];

    /// <summary>A step that resolves the widest pair well enough to choose the tilt.</summary>
    private double CoarseStep(double tail) => pairs.Max(p => LossDiscretization.Range(p.Pair, tail)) / CoarseNodes;

    /// <summary>
    /// The step to use where one of the wanted size would do: the field's usual 1e-4, or the power of ten below what is needed; larger only
    /// where the window would be huge; always one that divides the spacing of atoms.
    /// </summary>
    /// <param name="wanted">The step that the tolerance allows.</param>
    /// <param name="window">The width of the composed losses that matter.</param>
    /// <param name="widest">The widest range of one pair's losses.</param>
    private double Step(double wanted, double window, double widest)
    {
        var step = wanted >= UsualStep ? UsualStep : Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        if (window / step > UsualWindow) step = Math.Max(step, Math.Min(wanted, window / UsualWindow));
        step = Math.Max(step, Math.Max(window / LargestWindow, widest / LargestIndex));
        var spacing = pairs.Where(p => p.Pair.AtomSpacing >= step).OrderByDescending(p => p.Count).Select(p => p.Pair.AtomSpacing).FirstOrDefault();
        return spacing > 0 ? spacing / Math.Ceiling(spacing / step - 1e-9) : step;
    }

    /// <summary>
    /// Of some tilts that all keep δ well above rounding, the one with the smallest window: where the tail of the loss is heavy, a strong tilt
    /// makes it dominate.
    /// </summary>
    private static double Narrowest(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step, double best) =>
        new[] { best, best / 2, best / 4 }.MinBy(trial => ComposedLoss.WindowLength(parts, step, trial));

    /// <summary>The tilt at which Chernoff's bound on ε, (K(λ) + ln c(λ) − ln δ)/λ with c = λ^λ/(1 + λ)^(1 + λ), is smallest, and that bound.</summary>
    private static (double Tilt, double Epsilon) Chernoff(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step, double delta)
    {
        var logDelta = Math.Log(delta);
        // The derivative's sign: λ·(K′ + ln(λ/(1 + λ))) − (K + ln c − ln δ), increasing in λ.
        bool PastMinimum(double logTilt)
        {
            var trial = Math.Exp(logTilt);
            var (value, mean) = Cumulant(parts, step, trial);
            return trial * mean - value + Math.Log(1 + trial) + logDelta >= 0;
        }
        var tilt = Math.Exp(Bisect(Math.Log(1e-4), Math.Log(1 / step), PastMinimum));
        var k = Cumulant(parts, step, tilt).Value;
        return (tilt, Math.Max(0, (k + tilt * Math.Log(tilt) - (1 + tilt) * Math.Log(1 + tilt) - logDelta) / tilt));
    }

    /// <summary>The λ ≥ 0 at which the tilted mean K′(λ) is ε.</summary>
    private static double Saddle(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step, double epsilon)
    {
        if (Cumulant(parts, step, 0).Mean >= epsilon) return 0;
        return Math.Exp(Bisect(Math.Log(1e-4), Math.Log(1 / step), logTilt => Cumulant(parts, step, Math.Exp(logTilt)).Mean >= epsilon));
    }

    private static (double Value, double Mean) Cumulant(IReadOnlyList<(LossLattice Lattice, long Count)> parts, double step, double tilt)
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

    private static double Bisect(double low, double high, Func<double, bool> isPast)
    {
        while (high - low > 0.02)
        {
            var middle = (low + high) / 2;
            if (isPast(middle)) high = middle;
            else low = middle;
        }
        return high;
    }
}
