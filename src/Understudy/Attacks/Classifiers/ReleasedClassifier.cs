using Understudy.Attacks.Features;
using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Attacks.Classifiers;

/// <summary>What an attacker gets from a released classifier: its answers for the candidates, and for records of their own.</summary>
/// <param name="Probabilities">[N, K] for the candidates.</param>
/// <param name="Labels">[N] their true classes.</param>
/// <param name="Candidates">[N] the candidates.</param>
/// <param name="KnownProbabilities">[R, K] for records that the classifier was not trained on.</param>
/// <param name="KnownLabels">[R] their true classes.</param>
/// <param name="Known">[R] these records.</param>
public sealed record ReleasedClassifier(
    float[] Probabilities, int[] Labels, ImageSet Candidates, float[] KnownProbabilities, int[] KnownLabels, ImageSet Known)
{
    private const int Components = 32;

    private static readonly AttackCard Loss = new("loss", "Yeom, Giacomelli, Fredrikson, Jha: Privacy risk in machine learning, CSF 2018", "classifier", false, "ln p_y");
    private static readonly AttackCard Entropy = new("entropy", "Song, Mittal: Systematic evaluation of privacy risks, USENIX Security 2021", "classifier", false, "(1 - p_y) ln p_y + sum over i != y of p_i ln(1 - p_i)");
    private static readonly AttackCard LabelOnly = new("label-only", "Yeom, Giacomelli, Fredrikson, Jha: Privacy risk in machine learning, CSF 2018", "classifier", false, "1 where the answer is right, else 0");
    private static readonly AttackCard Quantile = new("quantile", "Bertran et al.: Scalable membership inference attacks via quantile regression, NeurIPS 2023, arXiv 2307.03694", "classifier", true,
        "log-odds of y less their predicted 0.99-quantile among non-members like x");
    private static readonly AttackCard LiraCard = new("lira", "Carlini et al.: Membership inference attacks from first principles, S&P 2022, arXiv 2112.03570", "classifier", true,
        "ln N(log-odds; in) - ln N(log-odds; out), over runs of the whole pipeline");
    private static readonly AttackCard LiraOfflineCard = LiraCard with { Name = "lira-offline", Score = "Phi((log-odds - mean out) / deviation out), over the runs without the candidate" };
    private static readonly AttackCard RmiaCard = new("rmia", "Zarifzadeh, Liu, Shokri: Low-cost high-power membership inference attacks, ICML 2024, arXiv 2312.03262", "classifier", true,
        "share of reference records z with LR(x, z) > 1, over runs of the whole pipeline");

    /// <summary>The attacks that need nothing but answers, and each candidate's score.</summary>
    /// <param name="seed">Of the quantile regression.</param>
    public IEnumerable<(AttackCard Card, double[] Scores)> Attack(ulong seed)
    {
        yield return (Loss, Confidence.NegativeLoss(Probabilities, Labels));
        yield return (Entropy, Confidence.NegativeModifiedEntropy(Probabilities, Labels));
        yield return (LabelOnly, Confidence.LabelOnly(Probabilities, Labels));
        if (KnownLabels.Length < 2) yield break;
        using var space = FeatureSpace.Create(new DomiasOptions { Components = Components }, Known, null, seed);
        yield return (Quantile, QuantileAttack.Score(
            space.Map(Known), Confidence.LogOdds(KnownProbabilities, KnownLabels), space.Map(Candidates), Confidence.LogOdds(Probabilities, Labels), seed));
    }

    /// <summary>The attacks that compare with models which were, and were not, trained on a candidate.</summary>
    /// <param name="shadows">φ of the candidates by shadow runs.</param>
    /// <param name="population">p of the class of the known records by the same runs.</param>
    public IEnumerable<(AttackCard Card, double[] Scores)> Attack(ModelScores shadows, ModelScores population)
    {
        var logOdds = Confidence.LogOdds(Probabilities, Labels);
        yield return (LiraCard, Lira.Online(logOdds, shadows));
        yield return (LiraOfflineCard, Lira.Offline(logOdds, shadows));
        var references = shadows.Select(phi => 1 / (1 + Math.Exp(-phi)));
        yield return (RmiaCard, new Rmia(population, new RmiaOptions { OfflineA = null }).Score(Of(Probabilities, Labels), references, Of(KnownProbabilities, KnownLabels)));
    }

    /// <summary>[N] the probability of the right class.</summary>
    internal static double[] Of(float[] probabilities, int[] labels) => Array.ConvertAll(Confidence.NegativeLoss(probabilities, labels), Math.Exp);
}
