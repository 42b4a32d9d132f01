namespace Understudy.Data;

/// <summary>
/// A small generator whose numbers depend on nothing but the seed (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014): for dividing and resampling, not for secrets or noise.
/// </summary>
/// <param name="seed">Any value.</param>
internal sealed class SplitMix64(ulong seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>A generator for draw number <paramref name="index"/> of a seed, so that draws can be made in any order and in parallel.</summary>
    public static SplitMix64 ForDraw(ulong seed, long index) => new(Scramble(seed) ^ Mix((ulong)index));

    /// <summary>A number that looks like no other's: what a generator of that seed draws first.</summary>
    public static ulong Scramble(ulong seed) => Mix(seed + GoldenGamma);

    /// <summary>Uniform over [0, bound), up to bound / 2⁶⁴.</summary>
    public int NextInt(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number in [0, 1).</summary>
    public double NextFraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in (0, 1), of which a quantile is finite.</summary>
    public double NextPositiveFraction() => ((Next() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>Puts items into random order (Fisher–Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = NextInt(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>Different items, chosen at random, in their original order; the array itself where all are asked for.</summary>
    public int[] Pick(int[] items, int count)
    {
        if (count == items.Length) return items;
        var places = Enumerable.Range(0, items.Length).ToArray();
        Shuffle(places.AsSpan());
        Array.Sort(places, 0, count);
        return [.. places.Take(count).Select(place => items[place])];
    }

    private ulong Next() => Mix(_state += GoldenGamma);

    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
