namespace Understudy.Privacy.Noise;

/// <summary>
/// The discrete Gaussian distribution, P(x) ∝ e^(−x²/(2σ²)) on the whole numbers, exactly, for a rational σ² (Canonne, Kamath, Steinke 2020,
/// arXiv 2004.00010, Algorithm 3): discrete Laplace draws, accepted with the right probability. No floating-point number takes part.
/// </summary>
internal sealed class DiscreteGaussianSampler
{
    /// <summary>Numerators and denominators up to here leave room for draws of 500 standard deviations in 128 bits.</summary>
    public const ulong Largest = 1UL << 52;

    private readonly UInt128 numerator, denominator, scale, divisor;
    private readonly DiscreteLaplaceSampler proposals;

    /// <summary>Fixes σ² = numerator/denominator.</summary>
    /// <param name="numerator">From 1 to 2⁵².</param>
    /// <param name="denominator">From 1 to 2⁵².</param>
    public DiscreteGaussianSampler(ulong numerator, ulong denominator)
    {
        if (numerator is 0 or > Largest || denominator is 0 or > Largest)
            throw new ArgumentOutOfRangeException(nameof(numerator), $"the variance is {numerator}/{denominator}; both must lie in [1, 2^52].");
        (this.numerator, this.denominator) = (numerator, denominator);
        scale = FloorOfRoot(numerator / denominator) + 1; // t = ⌊σ⌋ + 1
        divisor = 2 * this.numerator * this.denominator * scale * scale;
        proposals = new DiscreteLaplaceSampler((ulong)scale);
    }

    /// <summary>One draw.</summary>
    /// <exception cref="OverflowException">The draw is over 500 standard deviations from 0; its probability is below e^(−500).</exception>
    public long Next(RandomWords words)
    {
        while (true)
        {
            var proposal = proposals.Next(words);
            // Accept with probability exp(−(|y| − σ²/t)²/(2σ²)), as a fraction.
            var stretched = checked((UInt128)Math.Abs(proposal) * denominator * scale);
            var difference = stretched > numerator ? stretched - numerator : numerator - stretched;
            if (words.BernoulliExp(checked(difference * difference), divisor)) return proposal;
        }
    }

    private static ulong FloorOfRoot(ulong value)
    {
        // The double root of a number below 2⁵² is off by less than one.
        var root = (ulong)Math.Sqrt(value);
        if (root * root > value) root--;
        return (root + 1) * (root + 1) <= value ? root + 1 : root;
    }
}
