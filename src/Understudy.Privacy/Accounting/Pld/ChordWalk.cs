using System.Runtime.CompilerServices;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// A walk down the ROC curve of a pair with chords of prescribed, falling slopes. Each chord starts where the last one ended, on the curve or
/// just inside, and ends before it would leave the curve. It stands for a cell of losses (t, previous t] whose P-mass is at least the chord's
/// slope times its Q-mass, so the pair dominates what the chords describe.
/// </summary>
internal sealed class ChordWalk(LossPair pair, RocPoint start, double startLoss)
{
    private const double Enough = 0.02; // a rest of a chord's height that is carried to the next one

    private RocPoint end = start;
    private double endLoss = startLoss;
    private double gap; // P-mass by which the walk stands below the curve

    /// <summary>Q-mass that no chord has taken yet.</summary>
    public double Rest => end.QAtMost;

    /// <summary>Takes the chord of slope e^loss.</summary>
    /// <param name="loss">The loss of a node.</param>
    /// <param name="point">The node's point on the curve.</param>
    /// <param name="below">Points on the curve at lower nodes, the nearest last.</param>
    /// <param name="lossBelow">The losses of those nodes.</param>
    /// <returns>The chord's P-mass; 0 where the walk is already below the node.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Take(double loss, RocPoint point, ReadOnlySpan<RocPoint> below, Func<int, double> lossBelow)
    {
        // A chord that split an atom ended within rounding of it.
        if (endLoss < loss && !LossPair.Same(endLoss, loss, slack: 4)) return 0;
        var slope = Math.Exp(loss);
        var peak = Height(slope, point); // the chord is steeper than the curve from here on
        RocPoint next;
        double nextLoss;
        if (peak <= 0)
        {
            // Nothing lies above: the chord can only run along an atom that sits on the node.
            (next, nextLoss) = (pair.At(loss, inclusive: true), loss);
        }
        else
        {
            var j = below.Length - 1;
            while (j > 0 && Height(slope, below[j]) > 0) j--;
            (next, nextLoss) = End(slope, peak, (loss, point), (lossBelow(j), below[j]));
        }
        var mass = slope * Math.Max(0, RocPoint.Between(next, end).Q);
        gap = Math.Max(0, Height(slope, next));
        (end, endLoss) = (next, nextLoss);
        return mass;
    }

    /// <summary>How far above the start of a chord of this slope the curve lies at a point.</summary>
    public double Height(double slope, RocPoint point)
    {
        var (p, q) = RocPoint.Between(point, end);
        return gap + p - slope * q;
    }

    /// <summary>
    /// The threshold at which a chord's height returns to almost zero, never below it. The height falls about quadratically from its peak;
    /// where an atom makes it jump, the atom is split.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (RocPoint Point, double Loss) End(double slope, double peak, (double Loss, RocPoint Point) high, (double Loss, RocPoint Point) low)
    {
        double peakLoss = high.Loss, highHeight = peak, lowHeight = Height(slope, low.Point);
        if (lowHeight >= 0) return (low.Point, low.Loss);
        for (var iteration = 0; iteration < 60 && highHeight > Enough * peak; iteration++)
        {
            // Aim slightly short of zero, along the parabola through the peak and the lower end.
            var t = peakLoss - (peakLoss - low.Loss) * Math.Sqrt((1 - 0.5 * Enough) * peak / (peak - lowHeight));
            if (iteration > 3 || !(t > low.Loss && t < high.Loss)) t = low.Loss + (high.Loss - low.Loss) / 2;
            if (!(t > low.Loss && t < high.Loss)) break;
            var point = pair.At(t);
            var height = Height(slope, point);
            if (height >= 0) (high, highHeight) = ((t, point), height);
            else (low, lowHeight) = ((t, point), height);
        }
        if (highHeight <= Enough * peak || highHeight - lowHeight <= 0) return (high.Point, high.Loss);
        return (high.Point.Towards(low.Point, highHeight / (highHeight - lowHeight)), high.Loss);
    }
}
