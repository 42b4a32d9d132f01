using Understudy.Privacy.Tests;

namespace Understudy.Tests.PlantedBugs;

/// <summary>Closed forms of δ(ε), written down once more, and solved for ε or μ by bisection.</summary>
internal static class Exact
{
    /// <summary>δ of a Gaussian of mean distance μ (Balle and Wang 2018, 1805.06530, equation 6), for every real ε.</summary>
    public static double GaussianDelta(double mu, double epsilon) =>
        Statistics.NormalCdf((mu / 2) - (epsilon / mu)) - (Math.Exp(epsilon) * Statistics.NormalCdf((-mu / 2) - (epsilon / mu)));

    /// <summary>μ at which a Gaussian is (ε, δ)-private.</summary>
    public static double Mu(double epsilon, double delta) => Root(mu => GaussianDelta(mu, epsilon) - delta, 1e-9, 1e4);

    /// <summary>ε of one Poisson-sampled Gaussian when a record is removed: P = (1 - q) N₀ + q N₁ against Q = N₀.</summary>
    public static double RemovalEpsilon(double rate, double sigma, double delta) =>
        Root(epsilon => delta - (rate * GaussianDelta(1 / sigma, Math.Log(1 + ((Math.Exp(epsilon) - 1) / rate)))), 0, 50);

    /// <summary>ε of one Poisson-sampled Gaussian when a record is added: P = N₀ against Q = (1 - q) N₀ + q N₁.</summary>
    public static double AdditionEpsilon(double rate, double sigma, double delta) => Root(
        epsilon =>
        {
            var rest = 1 - ((1 - rate) * Math.Exp(epsilon));
            return delta - (rest <= 0 ? 0 : rest * GaussianDelta(1 / sigma, epsilon + Math.Log(rate / rest)));
        },
        0,
        50);

    // Where a function that rises crosses 0; the lower end if it is above 0 there.
    private static double Root(Func<double, double> rising, double low, double high)
    {
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            if (rising(middle) < 0) low = middle;
            else high = middle;
        }
        return high;
    }
}
