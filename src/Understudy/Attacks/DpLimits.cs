using Understudy.Metrics;

namespace Understudy.Attacks;

/// <summary>What a guarantee leaves to the best possible membership attack: the limits drawn into ROC plots.</summary>
public static class DpLimits
{
    /// <summary>Largest TPR at an FPR f under (ε, δ)-DP: min(e^ε f + δ, 1 − e^−ε (1 − δ − f)).</summary>
    /// <remarks>Kairouz, Oh and Viswanath, "The composition theorem for differential privacy", ICML 2015, theorem 2.1.</remarks>
    /// <param name="epsilon">ε, at least 0.</param>
    /// <param name="delta">δ, in [0, 1].</param>
    /// <param name="falsePositiveRate">f, in [0, 1].</param>
    public static double MaxTpr(double epsilon, double delta, double falsePositiveRate) =>
        Math.Min(1, Math.Min(Math.Exp(epsilon) * falsePositiveRate + delta, 1 - Math.Exp(-epsilon) * (1 - delta - falsePositiveRate)));

    /// <summary>Largest balanced accuracy under (ε, δ)-DP: ½ (1 + (e^ε − 1 + 2δ) / (e^ε + 1)).</summary>
    /// <inheritdoc cref="MaxTpr" path="/param[@name='epsilon' or @name='delta']"/>
    public static double MaxBalancedAccuracy(double epsilon, double delta)
    {
        // Divided through by e^ε, so that a large ε does not overflow.
        var shrink = Math.Exp(-epsilon);
        return (1 + (1 - shrink + 2 * delta * shrink) / (1 + shrink)) / 2;
    }

    /// <summary>Largest TPR at an FPR f under μ-Gaussian DP: Φ(Φ⁻¹(f) + μ).</summary>
    /// <remarks>Dong, Roth and Su, "Gaussian differential privacy", JRSS B 84, 2022, equation 6.</remarks>
    /// <param name="mu">μ, at least 0.</param>
    /// <param name="falsePositiveRate">f, in [0, 1].</param>
    public static double GaussianTpr(double mu, double falsePositiveRate) =>
        Distributions.NormalCdf(Distributions.NormalQuantile(falsePositiveRate) + mu);

    /// <summary>Largest area under the ROC curve under μ-Gaussian DP: Φ(μ/√2).</summary>
    /// <inheritdoc cref="GaussianTpr" path="/param[@name='mu']"/>
    public static double GaussianAuc(double mu) => Distributions.NormalCdf(mu / Math.Sqrt(2));
}
