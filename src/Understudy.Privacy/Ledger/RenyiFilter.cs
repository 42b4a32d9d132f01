using Understudy.Privacy.Accounting.Rdp;
using Understudy.Privacy.Events;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Ledger;

/// <summary>
/// The ε of steps that may have been chosen after results of earlier ones were seen (a privacy filter: Rogers et al. 2016, arXiv 1605.08294;
/// for Rényi divergence Feldman and Zrnic 2021, arXiv 2008.11193). A chooser who stops as soon as no order α has Σ R(α) ≤ B(α) left, with
/// B(α) = cap − ln((α − 1)/α) + (ln(w(α) δ) + ln α)/(α − 1), is (cap, δ)-private: for each order alone the sums are fixed, so that the outcomes at
/// which that order is still within its budget add at most w(α) δ beyond e^cap (the conversion of <see cref="Accounting.RdpAccountant"/> at that
/// part of δ); which order survives may depend on results, so these parts are added, and the weights and the share of failure masses sum to
/// one. <see cref="EpsilonOf"/> is the smallest cap that would have let the steps pass.
/// </summary>
/// <remarks>
/// The orders are α = 1 + 2^(k/2), k = −2, …, 24, with weights that fall off around α ≈ 12, and ∞, at which the loss itself is bounded and
/// no part of δ is needed. A preferred order, chosen before any result, takes half of δ.
/// </remarks>
internal sealed class RenyiFilter(NeighbouringRelation relation)
{
    private const double FailureShare = 0.1;
    private const double PreferredShare = 0.5;

    private static readonly (double Order, double Weight)[] Grid = MakeGrid();

    private readonly Dictionary<(PrivacyEvent Event, double Order), double> divergences = [];
    private readonly Dictionary<PrivacyEvent, RenyiCurve?> curves = [];

    /// <summary>The smallest cap under which these steps may run, in any order and however they were chosen; infinite where none is known.</summary>
    public double EpsilonOf(IReadOnlyList<Charge> charges, double delta, double? preferred)
    {
        if (charges.Any(c => CurveOf(c.Event) is null)) return double.PositiveInfinity;
        if (charges.Sum(c => c.Count * CurveOf(c.Event)!.FailureMass) > FailureShare * delta) return double.PositiveInfinity;
        var best = Sum(charges, double.PositiveInfinity);
        foreach (var (order, share) in Shares(preferred)) best = Math.Min(best, Sum(charges, order) - Budget(0, order, share * delta));
        return Math.Max(0, best);
    }

    /// <summary>The finite orders with their parts of δ; what is missing to one is left to failure masses.</summary>
    internal static IEnumerable<(double Order, double Share)> Shares(double? preferred)
    {
        if (preferred is { } order) yield return (order, PreferredShare);
        var rest = 1 - FailureShare - (preferred is null ? 0 : PreferredShare);
        foreach (var (alpha, weight) in Grid) yield return (alpha, rest * weight);
    }

    /// <summary>The order at which a cap lets these plans run most often; null where the filter knows none.</summary>
    public double? PreferredOrder(IReadOnlyList<Charge> charges, double delta, double? cap)
    {
        if (delta == 0 || charges.Any(c => CurveOf(c.Event) is null)) return null;
        var best = Grid.Select(g => g.Order).MaxBy(Merit);
        var merit = Merit(best);
        // Between the neighbours of the best order of the grid.
        for (var k = 1; k < 32; k++)
        {
            var alpha = 1 + (best - 1) * Math.Pow(2, (k - 16) / 32.0);
            if (Merit(alpha) > merit) (best, merit) = (alpha, Merit(alpha));
        }
        return merit > 0 && double.IsFinite(merit) ? best : null;

        double Merit(double alpha) => cap is { } epsilon
            ? Budget(epsilon, alpha, PreferredShare * delta) / Sum(charges, alpha)
            : 1 / Math.Max(double.Epsilon, Sum(charges, alpha) - Budget(0, alpha, PreferredShare * delta));
    }

    /// <summary>B(α): the Rényi divergence of order α that a cap allows.</summary>
    private static double Budget(double cap, double alpha, double delta) => cap - Elementary.Log1p(-1 / alpha) + (Math.Log(delta) + Math.Log(alpha)) / (alpha - 1);

    private static (double Order, double Weight)[] MakeGrid()
    {
        const double centre = 3.5, width = 3;
        var raw = Enumerable.Range(-2, 27).Select(k => (Octave: k / 2.0, Weight: Math.Exp(-Math.Pow((k / 2.0 - centre) / width, 2)))).ToArray();
        var total = raw.Sum(r => r.Weight);
        return [.. raw.Select(r => (1 + Math.Pow(2, r.Octave), r.Weight / total))];
    }

    private double Sum(IReadOnlyList<Charge> charges, double order) => charges.Sum(c => c.Count == 0 ? 0 : c.Count * DivergenceOf(c.Event, order));

    private double DivergenceOf(PrivacyEvent privacyEvent, double order)
    {
        if (divergences.TryGetValue((privacyEvent, order), out var known)) return known;
        return divergences[(privacyEvent, order)] = CurveOf(privacyEvent)!.At(order);
    }

    private RenyiCurve? CurveOf(PrivacyEvent privacyEvent)
    {
        if (curves.TryGetValue(privacyEvent, out var known)) return known;
        try
        {
            return curves[privacyEvent] = RenyiCurve.Of(privacyEvent, relation);
        }
        catch (UnsupportedEventException)
        {
            return curves[privacyEvent] = null;
        }
    }
}
