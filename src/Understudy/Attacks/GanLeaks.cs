using Understudy.Attacks.Features;
using Understudy.Data;

namespace Understudy.Attacks;

/// <summary>
/// GAN-Leaks, full black box: a generator comes nearer to what it was trained on (Chen et al., "GAN-Leaks: a taxonomy of membership
/// inference attacks against generative models", CCS 2020, equation 5). The distance is L2 in the features of the options, of pixels in [0, 1].
/// </summary>
/// <param name="options">In which features; null for pixels.</param>
public sealed class GanLeaks(GanLeaksOptions? options = null) : Attack
{
    internal const string Name = "gan-leaks";

    private readonly GanLeaksOptions _options = options ?? new GanLeaksOptions();

    /// <inheritdoc/>
    public override AttackCard Card => new(Name, "Chen, Yu, Zhang, Fritz: GAN-Leaks, CCS 2020, arXiv 1909.03935", "dataset", NeedsReference: false,
        $"-min over g in S of d(x, g), d in {_options.FeatureName}");

    /// <inheritdoc/>
    public override double[] Score(ImageSet released, ImageSet candidates, ImageSet? reference, ulong seed)
    {
        using var space = FeatureSpace.Create(_options, released, reference, seed);
        return [.. space.NearestDistances(candidates, released).Select(distance => -distance)];
    }
}
