using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Understudy.Metrics;

/// <summary>
/// Exact integer arithmetic on bytes: ‖q − r‖² = (‖q‖² − 256 Σq) + ‖r‖² − 2 Σ q (r − 128). The products of an unsigned byte and a signed
/// one are what processors with VNNI multiply and add 32 at a time.
/// </summary>
internal readonly struct ByteTileKernel : ITileKernel<byte>
{
    private const int Side = 4;
    private const byte SignBit = 128;

    public static int Lanes => Vector256<byte>.Count;

    public static double Scale => -2;

    public static double PackQuery(ReadOnlySpan<byte> row, Span<byte> packed)
    {
        long offset = 0;
        for (var i = 0; i < row.Length; i++) offset += row[i] * (row[i] - 256);
        row.CopyTo(packed);
        packed[row.Length..].Clear();
        return offset;
    }

    public static double PackReference(ReadOnlySpan<byte> row, Span<byte> packed)
    {
        long offset = 0;
        for (var i = 0; i < row.Length; i++)
        {
            offset += row[i] * row[i];
            packed[i] = (byte)(row[i] ^ SignBit); // the signed byte row[i] − 128
        }
        packed[row.Length..].Clear();
        return offset;
    }

    public static void Multiply(ReadOnlySpan<byte> queries, ReadOnlySpan<byte> references, int length, Span<double> products)
    {
        ref var q0 = ref MemoryMarshal.GetReference(queries);
        ref var r0 = ref MemoryMarshal.GetReference(references);
        // Two rows of queries at a time: 8 sums, 4 references and 2 queries fit into 16 registers.
        for (var q = 0; q < Side; q += 2)
        {
            Vector256<int> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
            var qa = (nuint)(q * length);
            var qb = (nuint)((q + 1) * length);
            for (nuint i = 0; i < (nuint)length; i += (nuint)Vector256<byte>.Count)
            {
                var a = Vector256.LoadUnsafe(ref q0, qa + i);
                var b = Vector256.LoadUnsafe(ref q0, qb + i);
                var r = Vector256.LoadUnsafe(ref r0, i).AsSByte();
                a0 = MultiplyAdd(a0, a, r);
                b0 = MultiplyAdd(b0, b, r);
                r = Vector256.LoadUnsafe(ref r0, i + (nuint)length).AsSByte();
                a1 = MultiplyAdd(a1, a, r);
                b1 = MultiplyAdd(b1, b, r);
                r = Vector256.LoadUnsafe(ref r0, i + 2 * (nuint)length).AsSByte();
                a2 = MultiplyAdd(a2, a, r);
                b2 = MultiplyAdd(b2, b, r);
                r = Vector256.LoadUnsafe(ref r0, i + 3 * (nuint)length).AsSByte();
                a3 = MultiplyAdd(a3, a, r);
                b3 = MultiplyAdd(b3, b, r);
            }
            var row = products.Slice(q * Side, 2 * Side);
            row[7] = Sum(b3);
            row[0] = Sum(a0);
            row[1] = Sum(a1);
            row[2] = Sum(a2);
            row[3] = Sum(a3);
            row[4] = Sum(b0);
            row[5] = Sum(b1);
            row[6] = Sum(b2);
        }
    }

    // A lane holds an eighth of the products, each less than 2¹⁵ in size: it cannot overflow below half a million values a row.
    private static long Sum(Vector256<int> lanes) => Vector256.Sum(Vector256.WidenLower(lanes) + Vector256.WidenUpper(lanes));

    private static Vector256<int> MultiplyAdd(Vector256<int> sum, Vector256<byte> q, Vector256<sbyte> r)
    {
        if (AvxVnni.IsSupported) return AvxVnni.MultiplyWideningAndAdd(sum, q, r);
        var (qLow, qHigh) = Vector256.Widen(q);
        var (rLow, rHigh) = Vector256.Widen(r);
        if (Avx2.IsSupported)
            return sum + Avx2.MultiplyAddAdjacent(qLow.AsInt16(), rLow) + Avx2.MultiplyAddAdjacent(qHigh.AsInt16(), rHigh);
        var (low, lowHigh) = Vector256.Widen(qLow.AsInt16() * rLow); // |q·r| ≤ 255·128 fits 16 bits
        var (highLow, high) = Vector256.Widen(qHigh.AsInt16() * rHigh);
        return sum + low + lowHigh + highLow + high;
    }
}
