using System.Numerics;
using Understudy.Privacy;

namespace Understudy.Tests.Training.Private;

/// <summary>
/// ε of what ran, written down once more as plainly as can be: the loss ln P/Q of each observation, at many outputs under P, is put on one grid, each
/// mass between two points so that its mean stays; the distribution of the sum is a product of Fourier transforms, and δ(ε) = E[(1 − e^(ε − L))₊].
/// </summary>
/// <remarks>No bound, and close to the true value: the grid adds at most a quarter of its step squared to each observation's variance.</remarks>
internal sealed class RunOracle(NeighbouringRelation relation)
{
    private const int Points = 1 << 16;
    private const double Step = 1e-3; // losses up to ±32
    private const double Mesh = 1e-3;

    private readonly List<(Observation What, long Times)> observations = [];

    /// <summary>Adds steps in which a record takes part with a probability, and moves a sum by one in noise of deviation σ.</summary>
    public RunOracle Add(double rate, double sigma, long times = 1) => Add([(1, rate)], sigma, times);

    /// <summary>Adds steps in which the probability of the record is itself drawn, and seen by the attacker.</summary>
    /// <param name="rates">Each with its own probability.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="times">How many steps.</param>
    public RunOracle Add(IReadOnlyList<(double Weight, double Rate)> rates, double sigma, long times)
    {
        observations.Add((new Observation(rates, sigma), times));
        return this;
    }

    /// <summary>
    /// Adds steps of truncated Poisson batches, of which the attacker sees how many other records were kept: the one in question is as likely as ever where
    /// there was room, likelier where it took the last place, and absent where there is none.
    /// </summary>
    public RunOracle AddTruncated(int records, double rate, int maximum, double sigma, long times)
    {
        var others = Enumerable.Range(0, records).Select(k => Binomial(records - 1, rate, k)).ToArray();
        var roomy = others[..Math.Min(records, maximum - 1)].Sum();
        var last = maximum <= records ? others[maximum - 1] : 0;
        var inside = rate * (last + others.Skip(maximum).Select((p, i) => p * maximum / (maximum + i + 1)).Sum());
        var tight = inside + ((1 - rate) * last);
        return Add([(roomy, rate), (tight, tight > 0 ? inside / tight : 0), (Math.Max(0, 1 - roomy - tight), 0)], sigma, times);
    }

    /// <summary>The ε that holds at δ in the worse direction.</summary>
    public double EpsilonAt(double delta) => relation == NeighbouringRelation.ReplaceOne
        ? EpsilonAt(delta, removal: true)
        : Math.Max(EpsilonAt(delta, removal: true), EpsilonAt(delta, removal: false));

    private double EpsilonAt(double delta, bool removal)
    {
        var product = new Complex[Points];
        Array.Fill(product, Complex.One);
        foreach (var (what, times) in observations)
        {
            var spectrum = what.Losses(relation, removal);
            Transform(spectrum, sign: -1);
            for (var i = 0; i < Points; i++) product[i] *= Complex.Pow(spectrum[i], times);
        }
        Transform(product, sign: 1);
        double Delta(double epsilon)
        {
            var sum = 0.0;
            for (var k = (int)Math.Ceiling(epsilon / Step); k < Points / 2; k++) sum += product[k].Real / Points * (1 - Math.Exp(epsilon - (k * Step)));
            return sum;
        }

        var (low, high) = (0.0, 60.0);
        for (var i = 0; i < 50; i++)
        {
            var middle = (low + high) / 2;
            if (Delta(middle) > delta) low = middle;
            else high = middle;
        }
        return low;
    }

    /// <summary>The discrete Fourier transform in place, without its factor (Cooley, Tukey 1965).</summary>
    private static void Transform(Complex[] x, int sign)
    {
        for (int i = 1, j = 0; i < Points; i++)
        {
            var bit = Points >> 1;
            for (; (j & bit) != 0; bit >>= 1) j ^= bit;
            j ^= bit;
            if (i < j) (x[i], x[j]) = (x[j], x[i]);
        }
        for (var length = 2; length <= Points; length *= 2)
        {
            var turns = Enumerable.Range(0, length / 2).Select(k => Complex.FromPolarCoordinates(1, sign * 2 * Math.PI * k / length)).ToArray();
            for (var start = 0; start < Points; start += length)
            {
                for (var k = 0; k < length / 2; k++)
                {
                    var (even, odd) = (x[start + k], x[start + k + (length / 2)] * turns[k]);
                    (x[start + k], x[start + k + (length / 2)]) = (even + odd, even - odd);
                }
            }
        }
    }

    private static double Binomial(int n, double p, int k)
    {
        var log = (k * Math.Log(p)) + ((n - k) * Math.Log(Math.Max(1 - p, double.Epsilon)));
        for (var i = 1; i <= k; i++) log += Math.Log((double)(n - k + i) / i);
        return Math.Exp(log);
    }

    /// <summary>What is seen of one step.</summary>
    private sealed record Observation(IReadOnlyList<(double Weight, double Rate)> Rates, double Sigma)
    {
        /// <summary>P(L = k·step) at k and, for negative k, at the end. Outputs are in units of the noise.</summary>
        public Complex[] Losses(NeighbouringRelation relation, bool removal)
        {
            var (losses, mean) = (new Complex[Points], 1 / Sigma);
            foreach (var (weight, rate) in Rates.Where(r => r.Weight > 0))
            {
                for (var x = -10 - mean; x <= 10 + mean; x += Mesh)
                {
                    var with = LogMixture(rate, mean, x);
                    var without = relation == NeighbouringRelation.ReplaceOne ? LogMixture(rate, -mean, x) : 0;
                    var (p, q) = removal ? (with, without) : (without, with);
                    var mass = weight * Mesh * Math.Exp(p - (x * x / 2)) / Math.Sqrt(2 * Math.PI);
                    var at = (p - q) / Step;
                    var share = at - Math.Floor(at);
                    losses[(int)Math.Floor(at) & (Points - 1)] += mass * (1 - share);
                    losses[((int)Math.Floor(at) + 1) & (Points - 1)] += mass * share;
                }
            }
            return losses;
        }

        // ln of (1 - q) N₀ + q N_m over N₀.
        private static double LogMixture(double rate, double mean, double x)
        {
            var exponent = (mean * x) - (mean * mean / 2);
            return rate == 0 ? 0 : rate == 1 ? exponent : exponent > 0 ? exponent + Math.Log(rate + ((1 - rate) * Math.Exp(-exponent))) : Math.Log(1 - rate + (rate * Math.Exp(exponent)));
        }
    }
}
