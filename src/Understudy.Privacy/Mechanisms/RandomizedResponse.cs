using Understudy.Privacy.Events;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Mechanisms;

/// <summary>
/// Releases each record's category, or with probability p one of the k categories at random, the true one included (Warner 1965). Records neither come
/// nor go, so the relation is a replacement.
/// </summary>
public sealed class RandomizedResponse : Mechanism
{
    private readonly RandomizedResponseEvent answer;

    /// <summary>Fixes how often an answer is random.</summary>
    /// <param name="relation">Which data sets the guarantee compares; not <see cref="NeighbouringRelation.AddOrRemoveOne"/>.</param>
    /// <param name="categories">k, at least 2.</param>
    /// <param name="noiseProbability">p in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public RandomizedResponse(NeighbouringRelation relation, int categories, double noiseProbability)
        : this(relation, categories, noiseProbability, source: null)
    {
    }

    internal RandomizedResponse(NeighbouringRelation relation, int categories, double noiseProbability, NoiseSource? source) : base(relation, source)
    {
        if (relation == NeighbouringRelation.AddOrRemoveOne)
            throw new ArgumentOutOfRangeException(nameof(relation), "randomized response answers once a record, so its records cannot come or go.");
        if (noiseProbability == 0) throw new ArgumentOutOfRangeException(nameof(noiseProbability), "without random answers there is no privacy.");
        answer = new RandomizedResponseEvent(noiseProbability, categories);
    }

    /// <summary>p.</summary>
    public double NoiseProbability => answer.NoiseProbability;

    /// <summary>k.</summary>
    public int Categories => answer.Categories;

    /// <inheritdoc/>
    public override PrivacyEvent Event => answer;

    /// <summary>The mechanism with the fewest random answers that is ε-differentially private.</summary>
    /// <param name="relation">Which data sets the guarantee compares.</param>
    /// <param name="categories">k, at least 2.</param>
    /// <param name="epsilon">ε, positive.</param>
    public static RandomizedResponse Calibrate(NeighbouringRelation relation, int categories, Epsilon epsilon)
    {
        if (epsilon.Value is 0 or double.PositiveInfinity) throw new ArgumentOutOfRangeException(nameof(epsilon), "epsilon must be positive and finite.");
        Require.AtLeast(2, categories);
        // Against another record: (1 − p + p/k)/(p/k) = e^ε. Against a uniform answer: the larger of k(1 − p) + p and 1/p.
        double k = categories, odds = Math.Exp(epsilon.Value);
        var p = relation == NeighbouringRelation.ReplaceOne ? k / (odds - 1 + k) : Math.Max(1 / odds, (k - odds) / (k - 1));
        // A little more than what the roundings can take away.
        return new RandomizedResponse(relation, categories, Math.Min(1, p * (1 + 1e-12)));
    }

    /// <summary>Answers, once.</summary>
    /// <param name="categories">The true category of each record, in [0, k), no two of one record. Changed in place to the answers.</param>
    /// <exception cref="ArgumentException">A category is not in [0, k); nothing has been spent or changed.</exception>
    /// <exception cref="InvalidOperationException">The release has been made.</exception>
    public void Release(Span<int> categories)
    {
        foreach (var category in categories)
            if (category < 0 || category >= Categories) throw new ArgumentException($"a category lies outside [0, {Categories}).", nameof(categories));
        // p in units of 2⁻⁶⁴, rounded up.
        var threshold = (UInt128)Math.Ceiling(Math.ScaleB(NoiseProbability, 64));
        using var noise = Spend();
        var words = new RandomWords(noise);
        foreach (ref var category in categories)
            if (words.Next() < threshold) category = (int)words.Below((ulong)Categories);
    }
}
