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
    private const double UsualWindow = 0.9 * (1 << 19);   // just below the lengths of Fourier transforms
    private const double LargestWindow = 0.9 * (1 << 22);
    private const double LargestIndex = 5e8;
    private const int CoarseNodes = 2000;
    private const double AcceptedWidth = 1e-3;
    private const int Attempts = 5;
    private const double Coarseness = 8;            // a step that many times the wanted one
    private const double CellError = 2e-5;
    private const double AffordableNodes = 5e5;
    private const double SmallestDelta = 1e-20;

    private readonly double runs = pairs.Sum(p => (double)p.Count);

    /// <summary>The ends between which ε lies at a given δ in (0, 1).</summary>
    /// <param name="delta">δ.</param>
    /// <param name="known">What ε is at least in another direction: once this one is known to stay below, no more is asked.</param>
    public (double Lower, double Upper) EpsilonAt(double delta, double known)
    {
        // At ε = 0 the hockey stick is the total variation, which adds up at most.
        if (pairs.Sum(p => p.Count * p.Pair.HockeyStick(0)) <= delta) return (0, 0);
        var tail = delta * 1e-9 / runs;
        var coarseStep = CoarseStep(tail);
        var (saddle, guess) = new TiltSearch(Upper(coarseStep, 0, tail), coarseStep).Chernoff(delta);
        var coarse = new TiltSearch(Upper(coarseStep, saddle, tail), coarseStep);
        (saddle, guess) = coarse.Chernoff(delta);
        if (guess <= known) return (0, guess);
        var tilt = coarse.Narrowest(saddle, guess, delta);
        var window = coarse.Window(tilt);
        var wanted = Math.Sqrt(12 * options.Tolerance * Math.Max(guess, 1e-4) / (runs * (saddle + 1)));
        if (known > 0 && Rough(wanted, tilt, tail, window)?.EpsilonAt(delta, +1) is { } rough && rough <= known) return (0, rough);
        double best = 0, worst = guess;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (step, upperParts) = Fit(wanted, tilt, tail, window, attempt);
            if (attempt == 0 && options.Step is null && tilt < saddle && step > Coarseness * wanted)
            {
                // The weak tilt's window turned out huge: a heavy tail, of which the coarse lattice had shown nothing.
                (tilt, window) = (saddle, coarse.Window(saddle));
                (step, upperParts) = Fit(wanted, tilt, tail, window, attempt);
            }
            if (Compose(upperParts, step, tilt)?.EpsilonAt(delta, +1) is { } high) worst = Math.Min(worst, high);
            if (Compose(Lower(step, tilt, tail, attempt), step, tilt)?.EpsilonAt(delta, -1) is { } low) best = Math.Max(best, low);
            var width = worst - best;
            if (options.Step is not null || width <= AcceptedWidth * worst || worst < 1e-9) break;
            var search = new TiltSearch(upperParts, step);
            (saddle, guess) = search.Chernoff(delta);
            worst = Math.Min(worst, guess);
            var isFinest = ComposedLoss.Effort(upperParts, step, tilt) > LargestWindow / 2;
            // A better guess of ε leads to a better tilt; then only a finer lattice helps.
            var retilted = search.Narrowest(search.Saddle(worst), worst, delta);
            if (isFinest && attempt > 0 && Math.Abs(retilted - tilt) < 0.1 * tilt) break;
            if (!isFinest && attempt > 0) wanted = step * Math.Clamp(Math.Sqrt(AcceptedWidth * worst / width) / 2, 0.1, 0.5);
            // A lattice that had to be so coarse does not show how long the windows of weak tilts are; the saddle's is known to be short.
            tilt = step > Coarseness * wanted ? search.Saddle(worst) : retilted;
        }
        return (best, worst);
    }

    /// <summary>The ends between which δ lies at a given ε ≥ 0; below 1e-20 it is only bounded from above.</summary>
    /// <param name="epsilon">ε.</param>
    /// <param name="known">What δ is at least in another direction: once this one is known to stay below, no more is asked.</param>
    public (double Lower, double Upper) DeltaAt(double epsilon, double known)
    {
        var tail = SmallestDelta * 1e-4 / runs;
        var coarseStep = CoarseStep(tail);
        var saddle = new TiltSearch(Upper(coarseStep, 0, tail), coarseStep).Saddle(epsilon);
        var coarse = new TiltSearch(Upper(coarseStep, saddle, tail), coarseStep);
        saddle = coarse.Saddle(epsilon);
        double best = 0, worst = coarse.DeltaBound(saddle, epsilon);
        if (worst <= Math.Max(known, SmallestDelta)) return (best, worst);
        tail = Math.Max(tail, worst * 1e-12 / runs);
        var tilt = coarse.Narrowest(saddle, epsilon, worst / 100);
        var window = coarse.Window(tilt);
        var wanted = Math.Sqrt(24 * options.Tolerance / (runs * Math.Max(saddle, 0.1) * (saddle + 1)));
        if (known > 0 && Rough(wanted, tilt, tail, window)?.DeltaAt(epsilon, +1) is { } rough && rough <= known) return (0, rough);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (step, upperParts) = Fit(wanted, tilt, tail, window, attempt);
            if (attempt == 0 && options.Step is null && tilt < saddle && step > Coarseness * wanted)
            {
                // The weak tilt's window turned out huge: a heavy tail, of which the coarse lattice had shown nothing.
                (tilt, window) = (saddle, coarse.Window(saddle));
                (step, upperParts) = Fit(wanted, tilt, tail, window, attempt);
            }
            if (Compose(upperParts, step, tilt) is { } upper) worst = Math.Min(worst, upper.DeltaAt(epsilon, +1));
            if (Compose(Lower(step, tilt, tail, attempt), step, tilt) is { } lower) best = Math.Max(best, lower.DeltaAt(epsilon, -1));
            var isFinest = ComposedLoss.Effort(upperParts, step, tilt) > LargestWindow / 2;
            if (options.Step is not null || isFinest || worst - best <= 10 * AcceptedWidth * worst) break;
            wanted = attempt == 0 ? wanted : step / 4;
        }
        return (best, worst);
    }

    /// <summary>Distributions that bracket the untilted one from above and below, to read an ROC curve from.</summary>
    public (WindowedLoss Upper, WindowedLoss Lower) Distribution()
    {
        var tail = 1e-12 / runs;
        var coarseStep = CoarseStep(tail);
        // Var(L) rises by h²/6 a run; its share of the variance decides how far the curve moves.
        var coarse = Upper(coarseStep, 0, tail);
        var variance = coarse.Sum(p => p.Count * p.Lattice.Cumulant(0, coarseStep).Variance);
        var wanted = Math.Sqrt(12 * options.Tolerance * variance / runs);
        var (step, upperParts) = Fit(wanted, 0, tail, new TiltSearch(coarse, coarseStep).Window(0), attempt: 0);
        return (ComposedLoss.RunWindowed(upperParts, step, 0, work), ComposedLoss.RunWindowed(Lower(step, 0, tail, attempt: 0), step, 0, work));
    }

    /// <summary>A composition fine enough to tell a direction that does not matter; null where it would not be cheap.</summary>
    private ComposedLoss? Rough(double wanted, double tilt, double tail, double window)
    {
        if (options.Step is not null) return null;
        var (step, parts) = Fit(4 * wanted, tilt, tail, window, attempt: 0);
        return Compose(parts, step, tilt);
    }

    private ComposedLoss? Compose(List<(LossLattice Lattice, long Count)> parts, double step, double tilt) =>
        options.Step is null && ComposedLoss.Effort(parts, step, tilt) > 2 * LargestWindow ? null : ComposedLoss.Run(parts, step, tilt, work);

    private List<(LossLattice Lattice, long Count)> Upper(double step, double tilt, double tail, int attempt = 0) =>
        [.. pairs.Select(p => (LossDiscretization.Upper(p.Pair, step, tail, Thin(p, step, tilt, tail, attempt)), p.Count))];

    private List<(LossLattice Lattice, long Count)> Lower(double step, double tilt, double tail, int attempt) =>
        [.. pairs.Select(p => (LossDiscretization.Lower(p.Pair, step, tail, Thin(p, step, tilt, tail, attempt)), p.Count))];

    /// <summary>
    /// A pair that is run seldom may be coarse: its cells add as little to the whole as those of the others. If a first attempt did not do, thin
    /// nodes may be why, as with heavy tails that no tilt describes.
    /// </summary>
    private LossDiscretization.Thinning? Thin((LossPair Pair, long Count) part, double step, double tilt, double tail, int attempt)
    {
        if (options.Step is not null || attempt > 0 && LossDiscretization.Range(part.Pair, tail) / step < AffordableNodes) return null;
        return new LossDiscretization.Thinning(tilt, CellError * runs / (pairs.Count * part.Count));
    }

    /// <summary>A step that resolves the widest pair well enough to choose the tilt.</summary>
    private double CoarseStep(double tail) => Widest(tail) / CoarseNodes;

    private double Widest(double tail) => pairs.Max(p => LossDiscretization.Range(p.Pair, tail));

    /// <summary>
    /// The step to use where one of the wanted size would do, with its lattices: the field's usual 1e-4, or the power of ten below what is
    /// wanted; larger only where the window would be huge; always one that divides the spacing of atoms.
    /// </summary>
    private (double Step, List<(LossLattice Lattice, long Count)> Parts) Fit(
        double wanted, double tilt, double tail, double roughWindow, int attempt)
    {
        if (options.Step is { } given) return (given, Upper(given, tilt, tail, attempt));
        var step = wanted >= UsualStep ? UsualStep : Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        step = Math.Max(step, Math.Max(Widest(tail) / LargestIndex, roughWindow / (4 * LargestWindow)));
        for (var round = 0; ; round++)
        {
            var aligned = Aligned(step);
            var parts = Upper(aligned, tilt, tail, attempt);
            if (ComposedLoss.Effort(parts, aligned, tilt) <= UsualWindow) return (aligned, parts);
            var window = ComposedLoss.WindowLength(parts, aligned, tilt) * aligned;
            var coarser = window / aligned > UsualWindow ? Math.Max(Math.Min(wanted, window / UsualWindow), window / LargestWindow) : aligned;
            // Alignment makes a step at most twice finer.
            if (round == 3 || coarser <= aligned * 1.001) return (aligned, parts);
            step = coarser;
        }
    }

    /// <summary>The largest step, up to a given one, that divides the spacing of the atoms of the most frequent pair that has any.</summary>
    private double Aligned(double step)
    {
        var spacing = pairs.Where(p => p.Pair.AtomSpacing >= step).OrderByDescending(p => p.Count).Select(p => p.Pair.AtomSpacing).FirstOrDefault();
        return spacing > 0 ? spacing / Math.Ceiling(spacing / step - 1e-9) : step;
    }
}
