using System.Numerics.Tensors;
using Understudy.Data;

namespace Understudy.Attacks.Classifiers;

/// <summary>
/// Scores of a record from one classifier's answer, each larger where the record is more likely a member. Probabilities are taken as they come
/// from a softmax, small ones with their relative precision.
/// </summary>
public static class Confidence
{
    private const double Least = float.Epsilon; // what a softmax in single precision rounds to 0 lies below

    /// <summary>ln p_y: the loss, negated (Yeom et al., "Privacy risk in machine learning", CSF 2018).</summary>
    /// <inheritdoc cref="LogOdds" path="/param"/>
    /// <exception cref="InputException">Lengths disagree or a label is out of range.</exception>
    public static double[] NegativeLoss(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels) =>
        Score(probabilities, labels, static (p, y) => Math.Log(Math.Max(p[y], Least)));

    /// <summary>The largest probability, whatever the label.</summary>
    /// <inheritdoc cref="LogOdds" path="/param"/>
    /// <exception cref="InputException">Lengths disagree or a label is out of range.</exception>
    public static double[] Largest(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels) =>
        Score(probabilities, labels, static (p, _) => TensorPrimitives.Max(p));

    /// <summary>1 where the most probable class is the right one, else 0: all that a classifier which answers with a label alone gives away.</summary>
    /// <inheritdoc cref="LogOdds" path="/param"/>
    /// <exception cref="InputException">Lengths disagree or a label is out of range.</exception>
    public static double[] LabelOnly(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels) =>
        Score(probabilities, labels, static (p, y) => TensorPrimitives.IndexOfMax(p) == y ? 1 : 0);

    /// <summary>
    /// (1 − p_y) ln p_y + Σ over i ≠ y of p_i ln(1 − p_i): the modified entropy, negated (Song and Mittal, "Systematic evaluation of privacy
    /// risks of machine learning models", USENIX Security 2021, equation 8).
    /// </summary>
    /// <inheritdoc cref="LogOdds" path="/param"/>
    /// <exception cref="InputException">Lengths disagree or a label is out of range.</exception>
    public static double[] NegativeModifiedEntropy(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels) => Score(probabilities, labels, static (p, y) =>
    {
        var others = Others(p, y);
        var sum = others * Math.Log(Math.Max(p[y], Least));
        for (var i = 0; i < p.Length; i++)
        {
            if (i != y) sum += p[i] * Math.Log(Math.Max(1 - (double)p[i], Least));
        }
        return sum;
    });

    /// <summary>φ = ln p_y − ln Σ over i ≠ y of p_i, which is z_y − log-sum-exp of the other logits (Carlini et al., 2112.03570, section IV).</summary>
    /// <param name="probabilities">[N, C] class probabilities.</param>
    /// <param name="labels">[N] true classes.</param>
    /// <returns>[N].</returns>
    /// <exception cref="InputException">Lengths disagree or a label is out of range.</exception>
    public static double[] LogOdds(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels) =>
        Score(probabilities, labels, static (p, y) => Math.Log(Math.Max(p[y], Least)) - Math.Log(Math.Max(Others(p, y), Least)));

    // Summed, since 1 − p_y has lost all its digits where p_y is nearly 1.
    private static double Others(ReadOnlySpan<float> p, int y)
    {
        double sum = 0;
        for (var i = 0; i < p.Length; i++) sum += i == y ? 0 : p[i];
        return sum;
    }

    private delegate double Scoring(ReadOnlySpan<float> probabilities, int label);

    private static double[] Score(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, Scoring score)
    {
        if (labels.IsEmpty || probabilities.Length % labels.Length != 0 || probabilities.Length < 2 * labels.Length)
            throw new InputException($"{probabilities.Length} probabilities for {labels.Length} records; give one a record and class, of two classes at least");
        var classes = probabilities.Length / labels.Length;
        var scores = new double[labels.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes) throw new InputException($"record {i} has label {labels[i]}; labels go from 0 to {classes - 1}");
            scores[i] = score(probabilities.Slice(i * classes, classes), labels[i]);
        }
        return scores;
    }
}
