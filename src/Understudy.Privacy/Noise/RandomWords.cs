namespace Understudy.Privacy.Noise;

/// <summary>Single draws without any rounding: whole numbers and coins of rational bias. For one thread.</summary>
/// <param name="source">Where the bits come from.</param>
internal sealed class RandomWords(NoiseSource source)
{
    private readonly ulong[] buffer = new ulong[128];
    private int left;

    /// <summary>64 fair coins.</summary>
    public ulong Next()
    {
        if (left == 0)
        {
            source.Fill(buffer);
            left = buffer.Length;
        }
        // A word that was given out stays nowhere.
        var word = buffer[--left];
        buffer[left] = 0;
        return word;
    }

    /// <summary>A whole number in [0, bound), each equally likely (Lemire 2019, arXiv 1805.10941).</summary>
    /// <param name="bound">At least 1.</param>
    public ulong Below(ulong bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        var unfair = (0 - bound) % bound; // 2⁶⁴ mod bound
        ulong high, low;
        do high = Math.BigMul(Next(), bound, out low);
        while (low < unfair);
        return high;
    }

    /// <inheritdoc cref="Below(ulong)"/>
    public UInt128 Below(UInt128 bound)
    {
        if (bound <= ulong.MaxValue) return Below((ulong)bound);
        var mask = UInt128.MaxValue >> (int)UInt128.LeadingZeroCount(bound - 1);
        UInt128 drawn;
        do drawn = new UInt128(Next(), Next()) & mask;
        while (drawn >= bound);
        return drawn;
    }

    /// <summary>True with probability numerator/denominator.</summary>
    /// <param name="numerator">From 0 to the denominator.</param>
    /// <param name="denominator">At least 1.</param>
    public bool Bernoulli(UInt128 numerator, UInt128 denominator) => Below(denominator) < numerator;

    /// <summary>True with probability e^(−numerator/denominator) (Canonne, Kamath, Steinke 2020, arXiv 2004.00010, Algorithm 1).</summary>
    /// <param name="numerator">0 or more.</param>
    /// <param name="denominator">At least 1.</param>
    public bool BernoulliExp(UInt128 numerator, UInt128 denominator)
    {
        for (; numerator > denominator; numerator -= denominator)
            if (!BernoulliExpOfFraction(1, 1)) return false;
        return BernoulliExpOfFraction(numerator, denominator);
    }

    /// <summary>For γ ≤ 1: the first k at which a coin of bias γ/k fails is odd with probability 1 − γ + γ²/2! − … = e^(−γ).</summary>
    private bool BernoulliExpOfFraction(UInt128 numerator, UInt128 denominator)
    {
        var k = 1UL;
        while (Bernoulli(numerator, denominator) && Below(k) == 0) k++;
        return k % 2 == 1;
    }
}
