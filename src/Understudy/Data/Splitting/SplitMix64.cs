namespace Understudy.Data.Splitting;

/// <summary>A small generator whose numbers depend on nothing but the seed (Steele, Lea, Flood, OOPSLA 2014). Not for secrets.</summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Puts items into random order.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = (int)Math.BigMul(Next(), (ulong)(i + 1), out _); // uniform in [0, i] up to i / 2^64
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>A number in [0, 1).</summary>
    public double NextFraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
