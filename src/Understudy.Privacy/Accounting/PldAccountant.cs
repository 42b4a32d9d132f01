using Understudy.Privacy.Accounting.Pld;
using Understudy.Privacy.Events;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting;

/// <summary>
/// Composes privacy-loss distributions numerically and returns a certified bracket: both ends come from discrete distributions that provably
/// bracket the true one (connect-the-dots, Doroshenko et al. 2022, arXiv 2207.04380, and its inscribed counterpart), with the truncation and
/// rounding of the Fourier transform added on. Both directions of the relation are composed and the worse one answers. Unsampled Gaussians
/// alone and single releases are exact.
/// </summary>
public sealed class PldAccountant : PrivacyAccountant
{
    private const double Rounding = 1e-14;
    private const double Agreement = 1e-9; // of two searches for one figure

    private readonly PldOptions options;

    /// <summary>Fixes the neighbouring relation and, if wished, the fineness.</summary>
    public PldAccountant(NeighbouringRelation relation, PldOptions? options = null) : base(relation)
    {
        this.options = options ?? new PldOptions();
        if (this.options.Step is { } step) Require.Positive(step);
        if (this.options.Tolerance is not (> 0 and <= 0.1)) throw new ArgumentOutOfRangeException(nameof(options), "the tolerance must lie in (0, 0.1].");
    }

    /// <inheritdoc/>
    public override void Check(PrivacyEvent privacyEvent) => DominatingPairs.Of(privacyEvent, Relation);

    /// <inheritdoc/>
    public override EpsilonBracket EpsilonAt(PrivacyEvent privacyEvent, Delta delta)
    {
        var pairs = DominatingPairs.Of(privacyEvent, Relation);
        if (delta.Value >= 1) return Exactly(0);
        if (pairs is null) return Exactly(double.PositiveInfinity);
        if (pairs.Count == 0) return Exactly(0);
        var directions = Directions(pairs).ToArray();
        // What δ leaves after the mass of infinite losses; at (about) zero, ε is the sum of the largest finite losses.
        var spare = delta.Value - directions.Max(FailureMass);
        if (spare < -Rounding * delta.Value) return Exactly(double.PositiveInfinity);
        var largest = directions.Max(d => d.Sum(p => p.Count * p.Pair.MaxLoss));
        if (spare <= Rounding * delta.Value) return Exactly(Math.Max(0, largest));
        if (pairs is [{ Count: 1 }] && options.Step is null) return Exactly(directions.Max(d => SingleRelease.EpsilonAt(d[0].Pair, delta.Value)));
        var work = new ComposedLoss.Workspace();
        double lower = 0, upper = 0;
        foreach (var direction in directions)
        {
            var (low, high) = new PldComposition(direction, options, work).EpsilonAt(delta.Value, lower);
            (lower, upper) = (Math.Max(lower, low), Math.Max(upper, high));
        }
        upper = Math.Min(upper, Math.Max(0, largest));
        return new EpsilonBracket(new Epsilon(Below(lower, upper)), new Epsilon(upper), "PLD");
    }

    /// <inheritdoc/>
    public override DeltaBracket DeltaAt(PrivacyEvent privacyEvent, Epsilon epsilon)
    {
        var pairs = DominatingPairs.Of(privacyEvent, Relation);
        if (pairs is null) return new DeltaBracket(new Delta(1), new Delta(1), "exact");
        if (pairs.Count == 0) return new DeltaBracket(Delta.Zero, Delta.Zero, "exact");
        var directions = Directions(pairs).ToArray();
        var work = new ComposedLoss.Workspace();
        double lower = 0, upper = 0;
        var isSingle = pairs is [{ Count: 1 }] && options.Step is null;
        foreach (var direction in directions)
        {
            var (low, high) = isSingle
                ? SingleRelease.DeltaAt(direction[0].Pair, epsilon.Value)
                : new PldComposition(direction, options, work).DeltaAt(epsilon.Value, lower);
            (lower, upper) = (Math.Max(lower, low), Math.Max(upper, high));
        }
        return new DeltaBracket(new Delta(Below(lower, upper)), new Delta(upper), isSingle ? "exact" : "PLD");
    }

    /// <summary>The lower end of a bracket, which rounding alone may carry past the upper one; anything more would be a wrong answer.</summary>
    private static double Below(double lower, double upper) => lower <= (upper * (1 + Agreement)) + Rounding
        ? Math.Min(lower, upper)
        : throw new InvalidOperationException($"the certified bounds contradict each other: at least {lower:R}, at most {upper:R}");

    /// <summary>Removal, and addition where it is not the same.</summary>
    private static IEnumerable<IReadOnlyList<(LossPair Pair, long Count)>> Directions(IReadOnlyList<(LossPair Pair, long Count)> pairs)
    {
        yield return pairs;
        if (pairs.Any(p => !p.Pair.IsSymmetric)) yield return [.. pairs.Select(p => (p.Pair.Reverse(), p.Count))];
    }

    /// <summary>The probability that some loss is infinite.</summary>
    private static double FailureMass(IReadOnlyList<(LossPair Pair, long Count)> pairs) =>
        pairs.Any(p => p.Pair.InfiniteMass >= 1) ? 1 : -Elementary.Expm1(pairs.Sum(p => p.Count * Elementary.Log1p(-p.Pair.InfiniteMass)));

    private static EpsilonBracket Exactly(double epsilon) => new(new Epsilon(epsilon), new Epsilon(epsilon), "exact");
}
