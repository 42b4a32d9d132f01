namespace Understudy.Metrics;

/// <summary>
/// A small seeded generator for resampling, not for noise: the same seed gives the same numbers on every machine and runtime
/// (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
/// </summary>
/// <param name="seed">Any value.</param>
internal struct SplitMix64(ulong seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>A generator for draw number <paramref name="index"/> of a seed, so that draws can be made in any order and in parallel.</summary>
    public static SplitMix64 ForDraw(ulong seed, long index) => new(Mix(seed + GoldenGamma) ^ Mix((ulong)index));

    /// <summary>Uniform over all 64-bit values.</summary>
    public ulong Next() => Mix(_state += GoldenGamma);

    /// <summary>Uniform over [0, bound); its bias, at most bound / 2⁶⁴, is below anything that could be seen.</summary>
    public int NextInt(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Puts values into uniformly random order (Fisher–Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>Different values of an array, chosen at random, in their original order; the array itself where all are asked for.</summary>
    public int[] Pick(int[] values, int count)
    {
        if (count == values.Length) return values;
        var places = new int[values.Length];
        for (var i = 0; i < places.Length; i++) places[i] = i;
        Shuffle(places.AsSpan());
        Array.Sort(places, 0, count);
        var picked = new int[count];
        for (var i = 0; i < count; i++) picked[i] = values[places[i]];
        return picked;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
