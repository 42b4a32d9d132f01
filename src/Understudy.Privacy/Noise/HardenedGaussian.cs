using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Understudy.Privacy.Noise;

/// <summary>
/// Normal numbers whose last bits betray nothing. A single Box–Muller number takes few values near 0 or in the tails, and from one its
/// neighbours can be inferred; so the first draw is dropped, and each number is the sum of four further draws, halved (Holohan, Braghin 2021,
/// arXiv 2107.10138). Each of the eight lanes is a sequence of its own.
/// </summary>
internal static class HardenedGaussian
{
    /// <summary>The most numbers that one call makes.</summary>
    public const int MostNumbers = 512;

    /// <summary>The draws behind that many numbers: four rows each row, one dropped, one left over to complete a pair.</summary>
    public const int MostDraws = 4 * MostNumbers + 2 * BoxMuller.Row;

    /// <summary>The blocks of keystream behind one call.</summary>
    public const int BlocksPerCall = MostDraws * sizeof(double) / CounterStream.BlockBytes;

    /// <summary>Makes standard normal numbers at the start of a buffer.</summary>
    /// <param name="stream">The random bits.</param>
    /// <param name="firstBlock">The first of <see cref="BlocksPerCall"/> blocks of the stream that nobody else reads.</param>
    /// <param name="buffer">[<see cref="MostDraws"/>]: overwritten; what lies behind the numbers is of no use.</param>
    /// <param name="count">How many numbers, at most <see cref="MostNumbers"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(CounterStream stream, UInt128 firstBlock, Span<double> buffer, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostNumbers);
        var rows = (count + BoxMuller.Row - 1) / BoxMuller.Row;
        var draws = buffer[..((4 * rows + 2) * BoxMuller.Row)];
        stream.Fill(firstBlock, MemoryMarshal.AsBytes(draws));
        BoxMuller.Transform(draws);

        ref var first = ref MemoryMarshal.GetReference(draws);
        for (nuint row = 0; row < (nuint)rows; row++)
        {
            var from = (4 * row + 1) * BoxMuller.Row;
            var sum = Vector512.LoadUnsafe(ref first, from) + Vector512.LoadUnsafe(ref first, from + BoxMuller.Row)
                + (Vector512.LoadUnsafe(ref first, from + 2 * BoxMuller.Row) + Vector512.LoadUnsafe(ref first, from + 3 * BoxMuller.Row));
            (sum * 0.5).StoreUnsafe(ref first, row * BoxMuller.Row);
        }
    }
}
