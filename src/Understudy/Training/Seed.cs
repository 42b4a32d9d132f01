using Understudy.Data;

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
        return SplitMix64.Scramble(SplitMix64.Scramble(seed ^ hash) + (ulong)index);
    }
}
