using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Understudy.Privacy.Noise;

/// <summary>
/// The randomness that guarantees rest on. Nothing outside a mechanism, a sampler or a plan can have one, because noise that nobody accounts
/// for protects nobody. Every draw reads keystream that was never read before; several threads may draw at once.
/// </summary>
/// <param name="stream">Where the bits come from. Owned by this source.</param>
internal abstract class NoiseSource(CounterStream stream) : IDisposable
{
    // Calls of the hardened kernel for one piece of parallel work: large enough to hide the cost of starting it.
    private const int CallsPerTask = 32;

    private ulong used;

    /// <summary>Whether nobody can know the noise. If not, what is made with it is stamped NOT PRIVATE.</summary>
    public abstract bool IsPrivate { get; }

    /// <summary>Adds independent N(0, s²) noise to each value, hardened against floating-point attacks.</summary>
    /// <param name="values">Changed in place.</param>
    /// <param name="standardDeviation">s, 0 or more and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative, infinite or not a number; no value has changed.</exception>
    public unsafe void AddGaussian(Span<double> values, double standardDeviation)
    {
        if (!HasNoise(values.Length, standardDeviation)) return;
        fixed (double* start = values)
        {
            var data = start;
            ForEachCall(values.Length, (at, noise) => Add(new Span<double>(data + at, noise.Length), noise, standardDeviation));
        }
    }

    /// <summary>Adds independent N(0, s²) noise to each value, hardened against floating-point attacks; the sum is made in double precision and rounded once.</summary>
    /// <inheritdoc cref="AddGaussian(Span{double}, double)"/>
    public unsafe void AddGaussian(Span<float> values, double standardDeviation)
    {
        if (!HasNoise(values.Length, standardDeviation)) return;
        fixed (float* start = values)
        {
            var data = start;
            ForEachCall(values.Length, (at, noise) => Add(new Span<float>(data + at, noise.Length), noise, standardDeviation));
        }
    }

    /// <summary>Overwrites with random bits.</summary>
    public void Fill(Span<ulong> words)
    {
        var bytes = MemoryMarshal.AsBytes(words);
        var whole = bytes.Length / CounterStream.BlockBytes * CounterStream.BlockBytes;
        var first = Reserve((bytes.Length + CounterStream.BlockBytes - 1) / CounterStream.BlockBytes);
        stream.Fill(first, bytes[..whole]);
        if (whole == bytes.Length) return;
        Span<byte> last = stackalloc byte[CounterStream.BlockBytes];
        stream.Fill(first + (UInt128)(whole / CounterStream.BlockBytes), last);
        last[..(bytes.Length - whole)].CopyTo(bytes[whole..]);
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => stream.Dispose();

    private static bool HasNoise(int count, double standardDeviation) => Require.NonNegative(standardDeviation) > 0 && count > 0;

    /// <summary>Takes blocks of the keystream out of use.</summary>
    private UInt128 Reserve(long blocks)
    {
        var end = Interlocked.Add(ref used, (ulong)blocks);
        // Each block is read once only; 2⁶⁴ of them last for centuries.
        if (end < (ulong)blocks) throw new UnreachableException("the keystream is used up.");
        return end - (ulong)blocks;
    }

    private delegate void Taker(int at, ReadOnlySpan<double> noise);

    /// <summary>Makes at least one standard normal number, a few hundred at a time, on as many threads as pays.</summary>
    private void ForEachCall(int count, Taker take)
    {
        var calls = (count - 1) / HardenedGaussian.MostNumbers + 1;
        var first = Reserve((long)calls * HardenedGaussian.BlocksPerCall);
        var tasks = (calls + CallsPerTask - 1) / CallsPerTask;
        if (tasks == 1) Run(0);
        else Parallel.For(0, tasks, Run);

        void Run(int task)
        {
            Span<double> buffer = stackalloc double[HardenedGaussian.MostDraws];
            var end = Math.Min(calls, (task + 1) * CallsPerTask);
            for (var call = task * CallsPerTask; call < end; call++)
            {
                var at = call * HardenedGaussian.MostNumbers;
                var size = Math.Min(HardenedGaussian.MostNumbers, count - at);
                HardenedGaussian.Fill(stream, first + (UInt128)call * HardenedGaussian.BlocksPerCall, buffer, size);
                take(at, buffer[..size]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(Span<double> values, ReadOnlySpan<double> noise, double scale)
    {
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var number = ref MemoryMarshal.GetReference(noise);
        var at = 0;
        for (; at <= values.Length - 8; at += 8)
        {
            var sum = Vector512.LoadUnsafe(ref value, (nuint)at) + Vector512.LoadUnsafe(ref number, (nuint)at) * scale;
            sum.StoreUnsafe(ref value, (nuint)at);
        }
        for (; at < values.Length; at++) values[at] += noise[at] * scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(Span<float> values, ReadOnlySpan<double> noise, double scale)
    {
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var number = ref MemoryMarshal.GetReference(noise);
        var at = 0;
        for (; at <= values.Length - 16; at += 16)
        {
            var (lower, upper) = Vector512.Widen(Vector512.LoadUnsafe(ref value, (nuint)at));
            lower += Vector512.LoadUnsafe(ref number, (nuint)at) * scale;
            upper += Vector512.LoadUnsafe(ref number, (nuint)at + 8) * scale;
            Vector512.Narrow(lower, upper).StoreUnsafe(ref value, (nuint)at);
        }
        for (; at < values.Length; at++) values[at] = (float)(values[at] + noise[at] * scale);
    }
}
