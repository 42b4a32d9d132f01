using Understudy.Metrics;

namespace Understudy.Studies.Grids;

/// <summary>What a mitigation changes, seed by seed and test record by test record.</summary>
/// <param name="Mitigation">What was switched on.</param>
/// <param name="With">The row with it.</param>
/// <param name="Without">The row without.</param>
/// <param name="Utility">Change in balanced accuracy.</param>
/// <param name="Auc">Change in the AUC of the strongest attack on each; null where none was tried.</param>
public sealed record GridComparison(string Mitigation, string With, string Without, Metric Utility, Metric? Auc)
{
    /// <summary>Whether attacks get weaker by more than chance explains.</summary>
    public bool Helps => Auc?.Interval is { Upper: < 0 };

    /// <summary>Whether utility is lost by more than chance explains.</summary>
    public bool Costs => Utility.Interval is { Upper: < 0 };
}
