using System.Runtime.CompilerServices;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// Puts the losses of a pair on a lattice of step h, once so that the result dominates the pair and once so that the pair dominates the
/// result. Both are polygons with sides of slopes e^(offset + ih) at the ROC curve of the pair: the upper one circumscribed
/// (connect-the-dots, Doroshenko et al. 2022, arXiv 2207.04380), the lower one inscribed. Domination survives composition, and either polygon
/// changes the variance of a loss by O(h²) only.
/// </summary>
internal static class LossDiscretization
{
    private const int MaximumNodes = 8_000_000;

    /// <summary>Where nodes may thin out: where neither P-mass nor its product with e^(λL) matters.</summary>
    /// <param name="Tilt">λ ≥ 0.</param>
    /// <param name="CellError">
    /// What a cell of w steps and mass m, tilted or not, may add to the error of the lattice: m·w², against a total of 1 where no cell is wider than
    /// a step.
    /// </param>
    public sealed record Thinning(double Tilt, double CellError);

    /// <summary>The lattice that dominates the pair.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="step">h &gt; 0.</param>
    /// <param name="tailMass">How much of δ may be lost to the ends of the lattice.</param>
    /// <param name="thinning">Where nodes may thin out; null keeps every node.</param>
    public static LossLattice Upper(LossPair pair, double step, double tailMass, Thinning? thinning)
    {
        var offset = double.IsFinite(pair.MinLoss) ? pair.MinLoss : 0;
        var (nodes, points) = Nodes(pair, offset, step, tailMass, thinning);
        return Circumscribed(pair, offset, step, nodes, points);
    }

    /// <summary>The lattice that the pair dominates.</summary>
    /// <inheritdoc cref="Upper" path="/param"/>
    public static LossLattice Lower(LossPair pair, double step, double tailMass, Thinning? thinning)
    {
        LossLattice At(double offset)
        {
            var (nodes, points) = Nodes(pair, offset, step, tailMass, thinning);
            return Inscribed(pair, offset, step, nodes, points);
        }
        if (!double.IsFinite(pair.MinLoss)) return At(0);
        if (pair.AtomSpacing >= step) return At(pair.MinLoss);
        var balanced = At(pair.MinLoss - BelowInfimum(pair, step) * step);
        if (Lost(balanced) < 1e-4 * step) return balanced;
        // Where nearly all mass sits at the infimum, a node on it may lose less.
        var onInfimum = At(pair.MinLoss);
        return Lost(onInfimum) < Lost(balanced) ? onInfimum : balanced;

        static double Lost(LossLattice lattice) => 1 - lattice.InfiniteMass - lattice.Mass.Sum();
    }

    /// <summary>The width of the losses that matter: between the ends of the support, or where no more than the tail mass lies beyond.</summary>
    public static double Range(LossPair pair, double tailMass) => Ceiling(pair, tailMass) - Floor(pair, tailMass);

    /// <summary>
    /// Connect the dots: the mass between two nodes goes to both of them so that its P-mass and its Q-mass are kept; that below the lowest
    /// node moves up to it, and the hockey stick above the highest becomes infinite loss.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static LossLattice Circumscribed(LossPair pair, double offset, double step, int[] nodes, RocPoint[] points)
    {
        var mass = new double[nodes.Length];
        mass[0] = points[0].PAtMost;
        for (var i = 0; i + 1 < nodes.Length; i++)
        {
            var (p, q) = RocPoint.Between(points[i], points[i + 1]);
            double low = Math.Exp(offset + nodes[i] * step), growth = Elementary.Expm1((nodes[i + 1] - nodes[i]) * step);
            var up = Math.Clamp((p - low * q) * (1 + growth) / growth, 0, Math.Max(0, p)); // P-mass that goes to the upper node
            mass[i + 1] += up;
            mass[i] += Math.Max(0, p) - up;
        }
        // What lies above the last node keeps its Q-mass there; the rest of its P-mass, the hockey stick, goes to infinity.
        var top = points[^1];
        var kept = Math.Min(top.PAbove, Math.Exp(offset + nodes[^1] * step) * top.QAbove);
        mass[^1] += kept;
        return new LossLattice(offset, nodes, mass, Math.Max(pair.InfiniteMass, top.PAbove - kept));
    }

    /// <summary>The polygon of a walk down the ROC curve whose chords have the slopes of the nodes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static LossLattice Inscribed(LossPair pair, double offset, double step, int[] nodes, RocPoint[] points)
    {
        var mass = new double[nodes.Length];
        var walk = new ChordWalk(pair, new RocPoint(pair.InfiniteMass, false, 0, false), double.PositiveInfinity);
        for (var i = nodes.Length - 1; i > 0; i--)
            mass[i] = walk.Take(offset + nodes[i] * step, points[i], points.AsSpan(0, i), j => offset + nodes[j] * step);
        // Every finite loss left is at least that of node 0 if the lattice starts below the infimum; otherwise nothing may be claimed of it. What is left of Q
        // may be where P has nothing, so no more of P is taken than there is.
        if (offset <= pair.MinLoss && nodes[0] == 0) mass[0] = Math.Clamp(1 - pair.InfiniteMass - mass.Sum(), 0, Math.Exp(offset) * walk.Rest);
        return new LossLattice(offset, nodes, mass, pair.InfiniteMass);
    }

    /// <summary>
    /// How far below an infimum that is no atom the lowest node should lie, in [0, 1) steps: so that the walk's last chord ends at the infimum
    /// and closes the polygon with no gap. The walk forgets where it began within a few cells, so a short one decides.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double BelowInfimum(LossPair pair, double step)
    {
        const int cells = 48;
        bool EndsShort(double above)
        {
            var offset = pair.MinLoss + (above - 1) * step;
            var points = new RocPoint[cells];
            for (var i = 0; i < cells; i++) points[i] = pair.At(offset + i * step);
            var start = offset + (cells - 0.5) * step;
            var walk = new ChordWalk(pair, pair.At(start), start);
            for (var i = cells - 1; i > 1; i--) walk.Take(offset + i * step, points[i], points.AsSpan(0, i), j => offset + j * step);
            return walk.Height(Math.Exp(offset + step), RocPoint.AllAbove) < 0;
        }
        double low = 0, high = 1;
        while (high - low > 1e-7)
        {
            var middle = (low + high) / 2;
            if (EndsShort(middle)) high = middle;
            else low = middle;
        }
        return 1 - low;
    }

    /// <summary>
    /// Lattice indices with their points on the ROC curve. A cell of w steps and mass m, tilted or not, adds m·w² to the error of the lattice, so w may
    /// grow where m vanishes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int[] Index, RocPoint[] Points) Nodes(LossPair pair, double offset, double step, double tailMass, Thinning? thinning)
    {
        double floor = Floor(pair, tailMass), ceiling = Ceiling(pair, tailMass);
        int bottom = Index(Math.Floor((floor - offset) / step)), top = Math.Max(bottom + 1, Index(Math.Ceiling((ceiling - offset) / step - 1e-6)));
        var logTotal = thinning is null ? 0 : LogTiltedMass(pair, floor, ceiling, thinning.Tilt);
        var index = new List<int> { bottom };
        var points = new List<RocPoint> { pair.At(offset + bottom * step) };
        for (int i = bottom, width = 1; i < top;)
        {
            var next = (int)Math.Min(top, (long)i + width);
            var point = pair.At(offset + next * step);
            var error = 0.0;
            if (thinning is not null)
            {
                var mass = RocPoint.Between(points[^1], point).P;
                error = width * (double)width * mass * Math.Max(1, Math.Exp(thinning.Tilt * (offset + next * step) - logTotal));
                if (error > thinning.CellError && width > 1)
                {
                    width /= 2;
                    continue;
                }
            }
            if (index.Count > MaximumNodes) throw new LatticeTooFineException();
            index.Add(next);
            points.Add(point);
            i = next;
            if (thinning is not null && error < thinning.CellError / 16 && width < 1 << 24) width *= 2;
        }
        return ([.. index], [.. points]);
    }

    /// <summary>ln E_P[e^(λL)], roughly, over a range of losses.</summary>
    private static double LogTiltedMass(LossPair pair, double floor, double ceiling, double tilt)
    {
        const int cells = 256;
        var terms = new double[cells];
        var width = (ceiling - floor) / cells;
        var last = pair.At(floor, inclusive: true);
        for (var i = 0; i < cells; i++)
        {
            var next = pair.At(floor + (i + 1) * width);
            terms[i] = Math.Log(Math.Max(RocPoint.Between(last, next).P, 0)) + tilt * (floor + (i + 0.5) * width);
            last = next;
        }
        return Elementary.LogSumExp(terms);
    }

    /// <summary>The supremum, or the loss above which no more than the tail mass of δ lies.</summary>
    private static double Ceiling(LossPair pair, double tailMass)
    {
        if (double.IsFinite(pair.MaxLoss)) return pair.MaxLoss;
        var reach = Monotone.Grow(1e-6, t => pair.HockeyStick(t) <= tailMass);
        return Monotone.FirstTrue(0, reach, t => pair.HockeyStick(t) <= tailMass);
    }

    /// <summary>The infimum, or the loss below which no more than the tail mass of P lies.</summary>
    private static double Floor(LossPair pair, double tailMass)
    {
        if (double.IsFinite(pair.MinLoss)) return pair.MinLoss;
        var reach = Monotone.Grow(1e-6, t => pair.At(-t).PAtMost <= tailMass);
        return -Monotone.FirstTrue(0, reach, t => pair.At(-t).PAtMost <= tailMass);
    }

    private static int Index(double value) => Math.Abs(value) < int.MaxValue / 4
        ? (int)value
        : throw new LatticeTooFineException();
}
