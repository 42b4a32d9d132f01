using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Sampling;

/// <summary>One coin a record: 64 random bits, compared with ⌊q·2⁶⁴⌋. No skipping by logarithms, whose rounding would bend the probabilities.</summary>
/// <param name="records">N.</param>
/// <param name="rate">q.</param>
internal sealed class PoissonDraw(int records, SamplingRate rate)
{
    private const int Piece = 2048;

    // Exact: the product only shifts the exponent, and below 1 a double leaves room for it in 64 bits.
    private readonly ulong threshold = rate.Value < 1 ? (ulong)Math.ScaleB(rate.Value, 64) : ulong.MaxValue;

    /// <summary>The chosen records' numbers, ascending; valid until changed by the caller, who owns them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Span<int> Next(NoiseSource source)
    {
        if (rate.Value == 1) return Enumerable.Range(0, records).ToArray();
        var mean = rate.Value * records;
        var chosen = new int[(int)Math.Min(records, mean + 8 * Math.Sqrt(mean) + Piece)];
        var count = 0;
        Span<ulong> words = stackalloc ulong[Piece];
        var limit = Vector512.Create(threshold);
        var pieces = (int)((records + Piece - 1L) / Piece);
        for (var piece = 0; piece < pieces; piece++)
        {
            // The last piece is filled up with words that choose nobody.
            var start = piece * Piece;
            var size = Math.Min(Piece, records - start);
            source.Fill(words[..size]);
            words[size..].Fill(ulong.MaxValue);
            if (chosen.Length - count < size) Array.Resize(ref chosen, (int)Math.Min(records, Math.Max(count + size, 1.5 * count)));
            ref var word = ref MemoryMarshal.GetReference(words);
            for (var at = 0; at < size; at += Vector512<ulong>.Count)
            {
                var heads = Vector512.LessThan(Vector512.LoadUnsafe(ref word, (nuint)at), limit).ExtractMostSignificantBits();
                for (; heads != 0; heads &= heads - 1) chosen[count++] = start + at + BitOperations.TrailingZeroCount(heads);
            }
        }
        return chosen.AsSpan(0, count);
    }
}
