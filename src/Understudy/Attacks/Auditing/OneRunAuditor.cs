namespace Understudy.Attacks.Auditing;

/// <summary>
/// Auditing with one training run: each of m canaries was put in by an independent fair coin, and the attack guesses of r of them that they
/// are in (Steinke, Nasr and Jagielski, "Privacy auditing with one (1) training run", NeurIPS 2023, arXiv 2305.08846, theorem 5.2).
/// </summary>
/// <remarks>Keep m·δ small: at m = 20,000 and δ = 1e-5 hardly any attack shows anything.</remarks>
/// <param name="delta">δ, in [0, 1).</param>
public sealed class OneRunAuditor(double delta) : Auditor(delta)
{
    /// <inheritdoc/>
    public override string Name => "one training run";

    /// <inheritdoc/>
    public override bool Refutes(AttackCounts counts, double epsilon, double significance) => PValue(counts, epsilon) < significance;

    /// <summary>Largest probability under (ε, δ)-DP of at least as many right guesses.</summary>
    /// <remarks>
    /// With V ~ Binomial(r, q), q = 1/(1 + e^−ε), β = P(V ≥ v) and m canaries it is β + 2mδ · max over 1 ≤ i ≤ v of (P(V ≥ v − i) − β)/i, at most 1.
    /// </remarks>
    /// <param name="counts">r guesses of which v, the true positives, are right; m canaries.</param>
    /// <param name="epsilon">ε, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count or ε is outside its range.</exception>
    public double PValue(AttackCounts counts, double epsilon)
    {
        counts.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(epsilon);
        var (guesses, right) = (counts.Guesses, counts.TruePositives);
        var logRight = -double.LogP1(Math.Exp(-epsilon)); // ln q
        var logWrong = logRight - epsilon; // ln(1 − q)
        var logChoose = 0.0; // ln C(r, j), from j = r down
        double beta = 0, gap = 0, steepest = 0;
        for (var j = guesses; j >= 0; j--)
        {
            var probability = Math.Exp(logChoose + j * logRight + (guesses - j) * logWrong);
            if (j >= right) beta += probability;
            else
            {
                var i = right - j;
                if (Delta == 0 || steepest * i >= 1) break; // no later gap is larger than 1
                gap += probability;
                steepest = Math.Max(steepest, gap / i);
            }
            logChoose += Math.Log(j) - Math.Log(guesses - j + 1);
        }
        return Math.Min(1, beta + 2 * counts.Records * Delta * steepest);
    }
}
