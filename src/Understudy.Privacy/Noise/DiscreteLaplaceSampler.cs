namespace Understudy.Privacy.Noise;

/// <summary>
/// The discrete Laplace distribution, P(x) ∝ e^(−|x|/t) on the whole numbers, exactly (Canonne, Kamath, Steinke 2020, arXiv 2004.00010,
/// Algorithm 2): no floating-point number takes part.
/// </summary>
internal sealed class DiscreteLaplaceSampler
{
    /// <summary>Scales up to here leave 2¹³ scales of room in a long.</summary>
    public const ulong LargestScale = 1UL << 50;

    private readonly ulong scale;

    /// <summary>Fixes the scale.</summary>
    /// <param name="scale">t, from 1 to 2⁵⁰.</param>
    public DiscreteLaplaceSampler(ulong scale) => this.scale = scale is >= 1 and <= LargestScale
        ? scale
        : throw new ArgumentOutOfRangeException(nameof(scale), $"the scale is {scale}; it must lie in [1, 2^50].");

    /// <summary>One draw.</summary>
    /// <exception cref="OverflowException">The draw exceeds 2⁶³; its probability is below e^(−8000).</exception>
    public long Next(RandomWords words)
    {
        while (true)
        {
            var remainder = words.Below(scale);
            if (!words.BernoulliExp(remainder, scale)) continue;
            var whole = 0UL;
            while (words.BernoulliExp(1, 1)) whole++;
            var magnitude = checked((long)(remainder + scale * whole));
            var isNegative = words.Below(2UL) == 1;
            if (magnitude == 0 && isNegative) continue; // 0 must not be counted twice
            return isNegative ? -magnitude : magnitude;
        }
    }
}
