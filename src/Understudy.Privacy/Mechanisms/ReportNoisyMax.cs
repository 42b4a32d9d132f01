using Understudy.Privacy.Events;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Mechanisms;

/// <summary>
/// Releases which of several candidates has (nearly) the highest score, and nothing else. Two distributions: the exponential mechanism (McSherry, Talwar
/// 2007), which equals the largest score after Gumbel noise and composes better, and permute-and-flip (McKenna, Sheldon 2020, arXiv 2010.12603), which
/// equals the largest after exponential noise and errs less. Both are drawn exactly: a candidate at random is accepted with probability
/// e^(−ε(best − score)/(2Δ)), with or without putting back those that were not.
/// </summary>
/// <remarks>
/// Scores are first rounded down to whole numbers of Δ/(2¹⁵ − 2), Δ being what one neighbour can change: rounding makes that at most 2¹⁵ of them, each
/// worth ε/2¹⁶ in the exponent.
/// </remarks>
public sealed class ReportNoisyMax : Mechanism
{
    private const int StepsPerSensitivity = 1 << 15;
    private const double LargestScore = 1L << 51; // where a double still has halves

    private readonly Epsilon epsilon;
    private readonly bool putsBack;
    private readonly double stepsPerUnit;

    private ReportNoisyMax(NeighbouringRelation relation, double bound, Epsilon epsilon, bool putsBack, NoiseSource? source) : base(relation, source)
    {
        if (epsilon.Value is < 1e-6 or > 1e4)
            throw new ArgumentOutOfRangeException(nameof(epsilon), $"epsilon is {epsilon}; for a selection it must lie in [1e-6, 1e4].");
        Bound = Require.Positive(bound);
        var sensitivity = relation == NeighbouringRelation.ReplaceOne ? 2 * bound : bound;
        stepsPerUnit = Require.Positive((StepsPerSensitivity - 2) / sensitivity, nameof(bound));
        this.epsilon = epsilon;
        this.putsBack = putsBack;
    }

    /// <summary>How far one record, added or removed, can move any score.</summary>
    public double Bound { get; }

    /// <inheritdoc/>
    public override PrivacyEvent Event => putsBack ? new ExponentialMechanismEvent(epsilon) : new PermuteAndFlipEvent(epsilon);

    /// <summary>The exponential mechanism.</summary>
    /// <param name="relation">Which data sets the guarantee compares.</param>
    /// <param name="bound">How far one record, added or removed, can move any score; a replacement counts as both.</param>
    /// <param name="epsilon">ε of the release, in [1e-6, 1e4].</param>
    public static ReportNoisyMax Exponential(NeighbouringRelation relation, double bound, Epsilon epsilon) => Exponential(relation, bound, epsilon, source: null);

    internal static ReportNoisyMax Exponential(NeighbouringRelation relation, double bound, Epsilon epsilon, NoiseSource? source) =>
        new(relation, bound, epsilon, putsBack: true, source);

    /// <summary>Permute-and-flip.</summary>
    /// <inheritdoc cref="Exponential(NeighbouringRelation, double, Epsilon)"/>
    public static ReportNoisyMax PermuteAndFlip(NeighbouringRelation relation, double bound, Epsilon epsilon) => PermuteAndFlip(relation, bound, epsilon, source: null);

    internal static ReportNoisyMax PermuteAndFlip(NeighbouringRelation relation, double bound, Epsilon epsilon, NoiseSource? source) =>
        new(relation, bound, epsilon, putsBack: false, source);

    /// <summary>Chooses, once.</summary>
    /// <param name="scores">One a candidate, at least one, finite. The candidates themselves must not depend on private data.</param>
    /// <returns>The candidate's number, from 0.</returns>
    /// <exception cref="ArgumentException">There is no candidate, or a score is not finite; nothing has been spent.</exception>
    /// <exception cref="InvalidOperationException">The release has been made.</exception>
    public int Release(ReadOnlySpan<double> scores)
    {
        if (scores.IsEmpty) throw new ArgumentException("there is no candidate to choose.", nameof(scores));
        RequireFinite(scores);
        var steps = new long[scores.Length];
        for (var i = 0; i < steps.Length; i++) steps[i] = InSteps(scores[i]);
        var best = steps.Max();
        // ε/2¹⁶ in units of 2⁻⁶⁴, rounded down.
        var weight = (UInt128)(ulong)Math.ScaleB(epsilon.Value, 64 - 16);

        using var noise = Spend();
        var words = new RandomWords(noise);
        var candidates = Enumerable.Range(0, steps.Length).ToArray();
        var left = candidates.Length;
        while (true)
        {
            var drawn = (int)words.Below((ulong)left);
            var candidate = candidates[drawn];
            if (words.BernoulliExp((UInt128)(best - steps[candidate]) * weight, UInt128.One << 64)) return candidate;
            if (!putsBack) candidates[drawn] = candidates[--left];
        }
    }

    /// <summary>A score as a whole number, which one neighbour moves by at most 2¹⁵; two are lost to the roundings.</summary>
    internal long InSteps(double score) => (long)Math.Floor(Math.Clamp(score * stepsPerUnit, -LargestScore, LargestScore));
}
