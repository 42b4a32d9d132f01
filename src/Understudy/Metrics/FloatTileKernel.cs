using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Understudy.Metrics;

/// <summary>
/// Σ (q − r)² in single precision. The differences are formed before they are squared, so that the distance of equal rows is exactly 0
/// and the distance from q to r is exactly that from r to q, which ‖q‖² + ‖r‖² − 2q·r does not give.
/// </summary>
internal readonly struct FloatTileKernel : ITileKernel<float>
{
    private const int Side = 4;

    public static int Lanes => Vector256<float>.Count;

    public static double Scale => 1;

    public static double PackQuery(ReadOnlySpan<float> row, Span<float> packed)
    {
        row.CopyTo(packed);
        packed[row.Length..].Clear();
        return 0;
    }

    public static double PackReference(ReadOnlySpan<float> row, Span<float> packed) => PackQuery(row, packed);

    public static void Multiply(ReadOnlySpan<float> queries, ReadOnlySpan<float> references, int length, Span<double> products)
    {
        ref var q0 = ref MemoryMarshal.GetReference(queries);
        ref var r0 = ref MemoryMarshal.GetReference(references);
        for (var q = 0; q < Side; q += 2)
        {
            Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
            var qa = (nuint)(q * length);
            var qb = (nuint)((q + 1) * length);
            for (nuint i = 0; i < (nuint)length; i += (nuint)Vector256<float>.Count)
            {
                var a = Vector256.LoadUnsafe(ref q0, qa + i);
                var b = Vector256.LoadUnsafe(ref q0, qb + i);
                var r = Vector256.LoadUnsafe(ref r0, i);
                a0 = AddSquare(a0, a - r);
                b0 = AddSquare(b0, b - r);
                r = Vector256.LoadUnsafe(ref r0, i + (nuint)length);
                a1 = AddSquare(a1, a - r);
                b1 = AddSquare(b1, b - r);
                r = Vector256.LoadUnsafe(ref r0, i + 2 * (nuint)length);
                a2 = AddSquare(a2, a - r);
                b2 = AddSquare(b2, b - r);
                r = Vector256.LoadUnsafe(ref r0, i + 3 * (nuint)length);
                a3 = AddSquare(a3, a - r);
                b3 = AddSquare(b3, b - r);
            }
            var row = products.Slice(q * Side, 2 * Side);
            row[7] = Vector256.Sum(b3);
            row[0] = Vector256.Sum(a0);
            row[1] = Vector256.Sum(a1);
            row[2] = Vector256.Sum(a2);
            row[3] = Vector256.Sum(a3);
            row[4] = Vector256.Sum(b0);
            row[5] = Vector256.Sum(b1);
            row[6] = Vector256.Sum(b2);
        }
    }

    private static Vector256<float> AddSquare(Vector256<float> sum, Vector256<float> difference) =>
        Vector256.MultiplyAddEstimate(difference, difference, sum);
}
