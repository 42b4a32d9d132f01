using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Attacks;

/// <summary>
/// Attribute inference: from what is known of a record, and a release, its secret attribute is guessed. Only what goes beyond the same attack on
/// non-members is a leak (Giomi, Boenisch, Wehmeyer and Tasnádi, "A unified framework for quantifying privacy risk in synthetic data",
/// PoPETs 2023, sections 3.2 and 4.3).
/// </summary>
public static class AttributeInference
{
    /// <summary>Guesses by the nearest released record: its secret is taken for that of whoever resembles it.</summary>
    /// <param name="released">What is known, of the released records: numeric attributes or an embedding, on one scale.</param>
    /// <param name="releasedSecrets">Their secrets.</param>
    /// <param name="records">The same of the records attacked.</param>
    /// <returns>[N] guessed secrets.</returns>
    /// <exception cref="InputException">Lengths disagree, or nothing is released.</exception>
    public static int[] NearestGuesses(FeatureMatrix released, int[] releasedSecrets, FeatureMatrix records)
    {
        if (released.Count != releasedSecrets.Length)
            throw new InputException($"{releasedSecrets.Length} secrets for {released.Count} released records; give one a record");
        return Array.ConvertAll(NearestNeighbours.Find(records, released).Indices, nearest => releasedSecrets[nearest]);
    }

    /// <summary>Guesses the class of images by the nearest released image.</summary>
    /// <param name="released">The synthetic images, exactly as released, with their labels.</param>
    /// <param name="records">The images attacked; their labels are the truth.</param>
    /// <exception cref="InputException">One of the sets has no labels, or nothing is released.</exception>
    public static SecretGuesses NearestGuesses(ImageSet released, ImageSet records)
    {
        if (released.Labels is not { } secrets || records.Labels is not { } truth) throw new InputException("images without labels have no class to guess; give labels with both");
        return new SecretGuesses(Array.ConvertAll(NearestNeighbours.Find(records, released).Indices, nearest => secrets[nearest]), truth);
    }

    /// <summary>Measures guesses, by the nearest record, a classifier trained on the release or anything else that saw the release alone.</summary>
    /// <param name="members">Guesses for members.</param>
    /// <param name="nonMembers">Guesses for non-members of the same distribution.</param>
    /// <param name="releasedSecrets">The secrets in the release, for the baseline.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="InputException">Lengths disagree, or there are no records of one kind.</exception>
    public static AttributeInferenceResult Measure(SecretGuesses members, SecretGuesses nonMembers, int[] releasedSecrets, double level = 0.95)
    {
        if (releasedSecrets.Length == 0) throw new InputException("nothing is released; there is no secret to guess from");
        var attack = Rate("attribute guessed, members", members, level);
        var control = Rate("attribute guessed, non-members", nonMembers, level);
        var common = releasedSecrets.GroupBy(secret => secret).MaxBy(same => same.Count())!.Key;
        var baseline = Rate("attribute guessed, most common", new SecretGuesses([.. members.True.Select(_ => common)], members.True), level);

        double attackError = Error(members, level), controlError = Error(nonMembers, level);
        var excess = attack.Value - control.Value;
        var error = Math.Sqrt(attackError * attackError + controlError * controlError);
        var risk = Risk(attack.Value, control.Value);
        var riskError = control.Value < 1 ? RiskError(attack.Value, attackError, control.Value, controlError) : 0;
        return new AttributeInferenceResult(attack, control,
            new Metric("attribute guessed, excess", excess, new Interval(excess - error, excess + error, level), "members less non-members"),
            new Metric("attribute inference risk", risk, new Interval(Math.Clamp(risk - riskError, 0, 1), Math.Clamp(risk + riskError, 0, 1), level)),
            baseline,
            baseline.Value >= attack.Value ? "the most common secret is as good a guess: the attack failed, which says nothing about privacy" : null);
    }

    /// <summary>(attack − control)/(1 − control), in [0, 1]; 0 where the control leaves nothing to gain.</summary>
    /// <param name="attack">Share of members guessed right.</param>
    /// <param name="control">Share of non-members guessed right.</param>
    public static double Risk(double attack, double control) => control >= 1 ? 0 : Math.Clamp((attack - control) / (1 - control), 0, 1);

    /// <summary>√((e_a/(1 − c))² + (e_c (a − 1)/(1 − c)²)²), the first-order error of the risk.</summary>
    private static double RiskError(double attack, double attackError, double control, double controlError) =>
        Math.Sqrt(Math.Pow(attackError / (1 - control), 2) + Math.Pow(controlError * (attack - 1) / Math.Pow(1 - control, 2), 2));

    private static Metric Rate(string name, SecretGuesses records, double level)
    {
        if (records.Guessed.Length != records.True.Length || records.True.Length == 0)
            throw new InputException($"{records.Guessed.Length} guesses for {records.True.Length} secrets; give one a record, of members and of non-members");
        var right = Right(records);
        return new Metric(name, (double)right / records.True.Length, Wilson.TwoSided(right, records.True.Length, level));
    }

    private static double Error(SecretGuesses records, double level) => Wilson.Error(Right(records), records.True.Length, level);

    private static int Right(SecretGuesses records) => records.Guessed.Zip(records.True).Count(pair => pair.First == pair.Second);
}
