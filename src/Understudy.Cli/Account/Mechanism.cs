using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Events;

namespace Understudy.Cli.Account;

/// <summary>The mechanisms that the account verbs know by name.</summary>
internal static class Mechanism
{
    /// <summary>Names of <c>--mechanism</c>.</summary>
    public static readonly string[] Names = ["gaussian", "laplace", "discrete-gaussian"];

    /// <summary>One release, on a Poisson sample where the rate is below 1.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="sigma">Noise multiplier; for Laplace the scale b at L1 sensitivity 1.</param>
    /// <param name="rate">q.</param>
    public static PrivacyEvent Release(string name, double sigma, SamplingRate rate)
    {
        PrivacyEvent release = name switch
        {
            "gaussian" => new GaussianEvent(sigma),
            "laplace" => new LaplaceEvent(sigma),
            "discrete-gaussian" => new DiscreteGaussianEvent(sigma),
            _ => throw new InputException($"unknown mechanism '{name}'{NearestName.Hint(name, Names)}"),
        };
        return rate == SamplingRate.All ? release : release.Sampled(rate);
    }

    /// <summary>A mechanism of a table: <c>Gaussian</c>, <c>Laplace</c>, sampled as <c>PoissonSubsampledX</c> or <c>PoissonX</c>.</summary>
    public static PrivacyEvent TableRelease(string name, double sigma, double rate)
    {
        var isSampled = name.StartsWith("Poisson", StringComparison.Ordinal);
        var kind = name.Replace("PoissonSubsampled", "", StringComparison.Ordinal).Replace("Poisson", "", StringComparison.Ordinal);
        if (kind is not ("Gaussian" or "Laplace"))
            throw new InputException(
                $"unknown mechanism '{name}'; known are Gaussian, Laplace, PoissonSubsampledGaussian, PoissonSubsampledLaplace and Compose2:A+B");
        if (!isSampled && rate != 1) throw new InputException($"{name} takes every record, so q must be 1, not {rate}");
        return Release(kind.ToLowerInvariant(), sigma, new SamplingRate(rate));
    }
}
