using System.Text.Json.Serialization;

namespace Understudy.Privacy.Events;

/// <summary>The Gaussian mechanism: a sum of contributions of L2 norm at most C, plus normal noise of standard deviation σC.</summary>
/// <param name="NoiseMultiplier">σ, relative to the per-record bound C under every neighbouring relation.</param>
[method: JsonConstructor]
public sealed record GaussianEvent(NoiseMultiplier NoiseMultiplier) : PrivacyEvent
{
    /// <summary>Checks and wraps σ.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or not a number.</exception>
    public GaussianEvent(double noiseMultiplier) : this(new NoiseMultiplier(noiseMultiplier))
    {
    }
}
