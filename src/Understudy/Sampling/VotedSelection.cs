using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Sampling;

/// <summary>Selection of samples by private records: each votes once, for the candidate of its class that is nearest to it.</summary>
/// <remarks>
/// One record adds or removes one vote, so that the votes have an L2 bound of 1 and a Gaussian mechanism releases them; choosing the candidates with the
/// most noisy votes is post-processing. The histogram is that of Lin et al., "Differentially private synthetic data via foundation model APIs 1: images", ICLR 2024,
/// 2305.15560, algorithm 2.
/// </remarks>
public static class VotedSelection
{
    /// <summary>What one record changes, in L2 norm.</summary>
    public const double Bound = 1;

    /// <summary>[M] how many records are nearest to each candidate; records of a class without candidates vote for none.</summary>
    /// <param name="candidates">M images; labelled exactly if the records are.</param>
    /// <param name="records">The private records.</param>
    /// <exception cref="InputException">Shapes differ.</exception>
    public static double[] Votes(ImageSet candidates, ImageSet records)
    {
        var votes = new double[candidates.Count];
        var hasClasses = candidates.Labels is not null && records.Labels is not null;
        for (var label = 0; label < (hasClasses ? records.ClassCount : 1); label++)
        {
            var stand = Of(candidates, label);
            var ask = Of(records, label);
            if (stand.Length == 0 || ask.Length == 0) continue;
            foreach (var nearest in NearestNeighbours.Find(records.Subset(ask), candidates.Subset(stand)).Indices) votes[stand[nearest]]++;
        }
        return votes;

        int[] Of(ImageSet images, int label) => [.. Enumerable.Range(0, images.Count).Where(i => !hasClasses || images.Labels![i] == label)];
    }

    /// <summary>The candidates with the most votes, so many of each class, in their order; of equal votes the first.</summary>
    /// <param name="votes">[M] votes, with noise.</param>
    /// <param name="labels">[M] classes; null where there are none.</param>
    /// <param name="wanted">[K] how many of each class, or [1] how many.</param>
    public static int[] Choose(IReadOnlyList<double> votes, IReadOnlyList<int>? labels, IReadOnlyList<int> wanted) =>
        [.. Enumerable.Range(0, votes.Count).GroupBy(i => labels?[i] ?? 0)
            .SelectMany(group => group.OrderByDescending(i => votes[i]).ThenBy(i => i).Take(wanted[group.Key])).Order()];
}
