using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Attacks.Classifiers;

/// <summary>
/// RMIA: a record is suspect when the target has raised its probability more than that of most population records (Zarifzadeh, Liu and Shokri,
/// "Low-cost high-power membership inference attacks", ICML 2024, arXiv 2312.03262, equations 2 to 4). One to four references are enough.
/// </summary>
/// <param name="population">p of the Z population records by the references, which none of them was trained on.</param>
/// <param name="options">γ, and how p(x) is estimated; null for offline with γ = 1 and a = 0.3.</param>
public sealed class Rmia(ModelScores population, RmiaOptions? options = null)
{
    private const double LeastProbability = 1e-30;

    private readonly RmiaOptions _options = options ?? new RmiaOptions();

    /// <summary>Share of population records z with LR(x, z) = [p(x; θ)/p(x)] / [p(z; θ)/p(z)] &gt; γ.</summary>
    /// <param name="target">[N] probability that the target gives to the right class of each record.</param>
    /// <param name="references">The same by the references, [N, K].</param>
    /// <param name="targetPopulation">[Z] the same for the population records.</param>
    /// <returns>[N] in [0, 1].</returns>
    /// <exception cref="InputException">Lengths disagree, or every reference was trained on some record.</exception>
    public double[] Score(ReadOnlySpan<double> target, ModelScores references, ReadOnlySpan<double> targetPopulation)
    {
        if (references.Models != population.Models)
            throw new InputException($"{references.Models} references score the records and {population.Models} the population; use the same");
        // LR > γ is p(z; θ)/p(z) < [p(x; θ)/p(x)]/γ: count the population's ratios below.
        var ratios = Ratios(targetPopulation, population, isPopulation: true);
        Array.Sort(ratios);
        return Array.ConvertAll(Ratios(target, references, isPopulation: false), ratio => CountBelow(ratios, ratio / _options.Gamma) / (double)ratios.Length);
    }

    /// <summary>The a of 0, 0.1 … 1 with the largest AUC when one reference plays the target and the others its references.</summary>
    /// <param name="references">p of records by at least two models, with who was trained on what.</param>
    /// <param name="population">p of population records by the same models.</param>
    /// <param name="gamma">γ.</param>
    /// <exception cref="InputException">There are fewer than two models, or the first was trained on all records or on none.</exception>
    public static double ChooseA(ModelScores references, ModelScores population, double gamma = 1)
    {
        var (target, isMember, others) = references.Split(0);
        var (targetPopulation, _, otherPopulation) = population.Split(0);
        return Enumerable.Range(0, 11).Select(i => i / 10.0).MaxBy(a =>
        {
            var scores = new Rmia(otherPopulation, new RmiaOptions { Gamma = gamma, OfflineA = a }).Score(target, others, targetPopulation);
            return RocCurve.FromScores([.. scores.Where((_, i) => isMember[i])], [.. scores.Where((_, i) => !isMember[i])]).Auc;
        });
    }

    private double[] Ratios(ReadOnlySpan<double> target, ModelScores references, bool isPopulation)
    {
        if (target.Length != references.Records || target.IsEmpty)
            throw new InputException($"the target scores {target.Length} records and the references {references.Records}; score the same ones, at least one");
        var ratios = new double[target.Length];
        for (var i = 0; i < ratios.Length; i++) ratios[i] = target[i] / Math.Max(Marginal(references, i, isPopulation), LeastProbability);
        return ratios;
    }

    /// <summary>p(x): that of a record under a model drawn at random, trained on it or not.</summary>
    private double Marginal(ModelScores references, int record, bool isPopulation)
    {
        var outside = references.Of(record, included: false);
        if (outside.Length == 0) throw new InputException($"every reference was trained on record {record}; leave it out of one at least");
        if (_options.OfflineA is { } a) return (1 + a) / 2 * outside.Average() + (1 - a) / 2;
        var inside = references.Of(record, included: true);
        if (isPopulation) return outside.Average();
        return inside.Length > 0 ? (inside.Average() + outside.Average()) / 2
            : throw new InputException($"no reference was trained on record {record}; give 'OfflineA' for an offline attack");
    }

    private static int CountBelow(double[] sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
