namespace Understudy.Privacy.Events;

/// <summary>An integer query plus discrete Gaussian noise, P(k) ∝ e^(−k²/(2σ²)) (Canonne, Kamath, Steinke 2020, arXiv 2004.00010).</summary>
/// <param name="Sigma">σ &gt; 0 in units of the query, not of the sensitivity.</param>
/// <param name="Sensitivity">Δ: how far one record moves the query, an integer of at least 1. Under replace-one it is 2Δ.</param>
public sealed record DiscreteGaussianEvent(double Sigma, int Sensitivity = 1) : PrivacyEvent
{
    /// <summary>σ &gt; 0 in units of the query.</summary>
    public double Sigma { get; } = Require.Positive(Sigma);

    /// <summary>Δ, an integer of at least 1.</summary>
    public int Sensitivity { get; } = (int)Require.AtLeast(1, Sensitivity);
}
