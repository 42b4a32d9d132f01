namespace Understudy.Privacy.Events;

/// <summary>
/// A vector of integer sums plus discrete Gaussian noise in each coordinate. It is 1/(2σ²)-zCDP, as the Gaussian mechanism is (Canonne, Kamath,
/// Steinke 2020, arXiv 2004.00010, Theorem 4); of one coordinate alone more is known, see <see cref="DiscreteGaussianEvent"/>.
/// </summary>
/// <param name="NoiseMultiplier">σ, relative to the per-record L2 bound C under every neighbouring relation.</param>
public sealed record DiscreteGaussianVectorEvent(NoiseMultiplier NoiseMultiplier) : PrivacyEvent;
