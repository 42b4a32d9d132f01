namespace Understudy.Training;

/// <summary>Derives the seeds of a run's parts from the experiment's one seed, so that no part's draws depend on another's.</summary>
/// <remarks>Every step seeds itself from (seed, purpose, step): a resumed run draws what the unbroken one would have.</remarks>
public static class Seed
{
    /// <summary>A seed for one purpose, and one step of it.</summary>
    public static ulong Derive(ulong seed, string purpose, long index = 0)
    {
        const ulong fnvOffset = 14695981039346656037, fnvPrime = 1099511628211;
        var hash = fnvOffset;
        foreach (var letter in purpose) hash = (hash ^ letter) * fnvPrime;
        return Mix(Mix(seed ^ hash) + (ulong)index);
    }

    /// <summary>Fills <paramref name="items"/> with 0 … n - 1 in an order that the seed decides (Fisher–Yates).</summary>
    public static void Permute(Span<int> items, ulong seed)
    {
        for (var i = 0; i < items.Length; i++) items[i] = i;
        for (var i = items.Length - 1; i > 0; i--)
        {
            seed = Mix(seed);
            var j = (int)(((UInt128)seed * (ulong)(i + 1)) >> 64);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    // SplitMix64: its increment, then its finaliser.
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
