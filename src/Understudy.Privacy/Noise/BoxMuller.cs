using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Understudy.Privacy.Noise;

/// <summary>
/// Standard normal numbers from random words (Box, Muller 1958): r = √(−2 ln u), and r·cos θ and r·sin θ are independent and normal. Eight
/// pairs at a time in double precision. u has 64 bits, so r reaches 9.5; what is cut off has probability 5e-20.
/// </summary>
internal static class BoxMuller
{
    /// <summary>Numbers a row: the lanes of one vector.</summary>
    public const int Row = 8;

    /// <summary>Replaces random words by normal numbers: of each two rows, the first become the cosines' numbers, the second the sines'.</summary>
    /// <param name="words">Random bits, an even number of rows of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(Span<double> words)
    {
        if (words.Length % (2 * Row) != 0) throw new ArgumentException($"normal numbers are made {2 * Row} at a time.", nameof(words));
        ref var first = ref MemoryMarshal.GetReference(words);
        for (nuint at = 0; at < (nuint)words.Length; at += 2 * Row)
        {
            var radius = Radius(Vector512.LoadUnsafe(ref first, at).AsUInt64());
            var (sine, cosine) = SinCos(Vector512.LoadUnsafe(ref first, at + Row).AsUInt64());
            (radius * cosine).StoreUnsafe(ref first, at);
            (radius * sine).StoreUnsafe(ref first, at + Row);
        }
    }

    /// <summary>√(−2 ln u) at u = (w + ½)/2⁶⁴ for a random word w: never ln 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Radius(Vector512<ulong> word)
    {
        const double unit = 1.0 / (1UL << 32) / (1UL << 32);
        var u = Vector512.FusedMultiplyAdd(Vector512.ConvertToDouble(word), Vector512.Create(unit), Vector512.Create(unit / 2));
        return Vector512.Sqrt(Log(u) * -2.0);
    }

    /// <summary>
    /// ln u of positive normal numbers, to 2e-16 of its value: u = 2^k (1 + f) with 1 + f in [√½, √2), and ln(1 + f) = 2 artanh(f/(2 + f)) by a polynomial (FDLIBM,
    /// e_log.c). Inlined, as the library's own is not.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Log(Vector512<double> u)
    {
        var bits = u.AsInt64();
        var above = bits - Vector512.Create(0x3FE6_A09E_667F_3BCDL); // √½
        var exponent = above >> 52;
        var f = (bits - (exponent << 52)).AsDouble() - Vector512<double>.One;
        var k = Vector512.ConvertToDouble(exponent);
        var s = f / (f + Vector512.Create(2.0));
        var square = s * s;
        var series = Vector512.Create(1.479819860511658591e-1);
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(1.531383769920937332e-1));
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(1.818357216161805012e-1));
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(2.222219843214978396e-1));
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(2.857142874366239149e-1));
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(3.999999999940941908e-1));
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(6.666666666666735130e-1));
        var half = f * f * 0.5;
        // ln 2 in two parts, of which the first has room for the product.
        var low = Vector512.FusedMultiplyAdd(s, Vector512.FusedMultiplyAdd(series, square, half), k * 1.90821492927058770002e-10);
        return Vector512.FusedMultiplyAdd(k, Vector512.Create(6.93147180369123816490e-1), low - half + f);
    }

    /// <summary>Sine and cosine of a random angle, to 1e-15: two bits name the quarter turn, 62 the angle from its middle, where Taylor's series
    /// converge fast.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector512<double> Sine, Vector512<double> Cosine) SinCos(Vector512<ulong> word)
    {
        const double unit = Math.PI / 2 / (1UL << 32) / (1UL << 32);
        var x = Vector512.ConvertToDouble((word << 2).AsInt64()) * unit; // in [−π/4, π/4)
        var square = x * x;

        var sine = Vector512.Create(-1.0 / 1_307_674_368_000); // −1/15!
        sine = Vector512.FusedMultiplyAdd(sine, square, Vector512.Create(1.0 / 6_227_020_800));
        sine = Vector512.FusedMultiplyAdd(sine, square, Vector512.Create(-1.0 / 39_916_800));
        sine = Vector512.FusedMultiplyAdd(sine, square, Vector512.Create(1.0 / 362_880));
        sine = Vector512.FusedMultiplyAdd(sine, square, Vector512.Create(-1.0 / 5040));
        sine = Vector512.FusedMultiplyAdd(sine, square, Vector512.Create(1.0 / 120));
        sine = Vector512.FusedMultiplyAdd(sine, square, Vector512.Create(-1.0 / 6));
        sine = Vector512.FusedMultiplyAdd(sine * square, x, x);

        var cosine = Vector512.Create(1.0 / 20_922_789_888_000); // 1/16!
        cosine = Vector512.FusedMultiplyAdd(cosine, square, Vector512.Create(-1.0 / 87_178_291_200));
        cosine = Vector512.FusedMultiplyAdd(cosine, square, Vector512.Create(1.0 / 479_001_600));
        cosine = Vector512.FusedMultiplyAdd(cosine, square, Vector512.Create(-1.0 / 3_628_800));
        cosine = Vector512.FusedMultiplyAdd(cosine, square, Vector512.Create(1.0 / 40_320));
        cosine = Vector512.FusedMultiplyAdd(cosine, square, Vector512.Create(-1.0 / 720));
        cosine = Vector512.FusedMultiplyAdd(cosine, square, Vector512.Create(1.0 / 24));
        cosine = Vector512.FusedMultiplyAdd(cosine, square, Vector512.Create(-0.5));
        cosine = Vector512.FusedMultiplyAdd(cosine, square, Vector512<double>.One);

        // A quarter turn on: (sin, cos) becomes (cos, −sin); half a turn on: both change sign.
        var quarter = Vector512.LessThan((word << 1).AsInt64(), Vector512<long>.Zero).AsDouble();
        var half = (word & Vector512.Create(1UL << 63)).AsDouble();
        return (Vector512.ConditionalSelect(quarter, cosine, sine) ^ half, Vector512.ConditionalSelect(quarter, -sine, cosine) ^ half);
    }
}
