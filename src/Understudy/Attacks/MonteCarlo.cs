using Understudy.Attacks.Features;
using Understudy.Data;

namespace Understudy.Attacks;

/// <summary>
/// Monte-Carlo attack: an overfitted generator draws more often near what it was trained on (Hilprecht, Härterich and Bernau, "Monte Carlo
/// and reconstruction membership inference attacks against generative models", PoPETs 2019, section 4.1: the share of samples in the
/// ε-ball, ε being the median over candidates of the distance to the nearest sample).
/// </summary>
/// <param name="options">Features and radius; null for pixels and the median.</param>
public sealed class MonteCarlo(MonteCarloOptions? options = null) : Attack
{
    private readonly MonteCarloOptions _options = options ?? new MonteCarloOptions();

    /// <inheritdoc/>
    public override AttackCard Card => new("monte-carlo",
        "Hilprecht, Härterich, Bernau: Monte Carlo and reconstruction membership inference attacks, PoPETs 2019", "dataset", NeedsReference: false,
        FormattableString.Invariant($"share of g in S with d(x, g) <= e, e the {_options.Quantile}-quantile of the candidates' distances to S, d in ")
        + _options.FeatureName);

    /// <inheritdoc/>
    public override double[] Score(ImageSet released, ImageSet candidates, ImageSet? reference, ulong seed)
    {
        using var space = FeatureSpace.Create(_options, released, reference, seed);
        var nearest = space.NearestDistances(candidates, released);
        Array.Sort(nearest);
        var radius = nearest[(int)(_options.Quantile * (nearest.Length - 1))];
        return [.. space.CountWithin(candidates, released, radius).Select(count => count / (double)released.Count)];
    }
}
