using System.Numerics;
using System.Runtime.CompilerServices;

namespace Understudy.Privacy.Numerics;

/// <summary>
/// Discrete Fourier transform of real sequences whose length is a power of two: Stockham's self-sorting radix-4 passes over split real and
/// imaginary arrays, vectorised. One object holds the tables and work space of one length; it is not for several threads at once.
/// </summary>
internal sealed class RealFourierTransform
{
    private readonly int half;
    private readonly double[] cosine; // [half] cos(2πk/length)
    private readonly double[] sine;   // [half] sin(2πk/length)
    private double[] re, im, re2, im2; // [half] each: the complex sequence of half length, and its other buffer

    /// <param name="length">A power of two, at least 16.</param>
    public RealFourierTransform(int length)
    {
        if (!BitOperations.IsPow2(length) || length < 16) throw new ArgumentOutOfRangeException(nameof(length));
        Length = length;
        half = length / 2;
        (cosine, sine) = Roots(length, half);
        re = new double[half];
        im = new double[half];
        re2 = new double[half];
        im2 = new double[half];
    }

    public int Length { get; }

    /// <summary>Spectrum [Length/2 + 1] of a real sequence [Length]: Σⱼ xⱼ·e^(−2πijk/Length).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(ReadOnlySpan<double> values, Span<double> spectrumRe, Span<double> spectrumIm)
    {
        for (var j = 0; j < half; j++)
        {
            re[j] = values[2 * j];
            im[j] = values[2 * j + 1];
        }
        Transform();
        spectrumRe[0] = re[0] + im[0];
        spectrumRe[half] = re[0] - im[0];
        spectrumIm[0] = spectrumIm[half] = 0;
        for (var k = 1; k < half; k++)
        {
            var m = half - k;
            double evenRe = 0.5 * (re[k] + re[m]), evenIm = 0.5 * (im[k] - im[m]);
            double oddRe = 0.5 * (im[k] + im[m]), oddIm = 0.5 * (re[m] - re[k]);
            spectrumRe[k] = evenRe + cosine[k] * oddRe + sine[k] * oddIm;
            spectrumIm[k] = evenIm + cosine[k] * oddIm - sine[k] * oddRe;
        }
    }

    /// <summary>The real sequence [Length] of a spectrum [Length/2 + 1], scaled by 1/Length so that it undoes <see cref="Forward"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Inverse(ReadOnlySpan<double> spectrumRe, ReadOnlySpan<double> spectrumIm, Span<double> values)
    {
        var scale = 1.0 / half;
        for (var k = 0; k < half; k++)
        {
            var m = half - k;
            double evenRe = 0.5 * (spectrumRe[k] + spectrumRe[m]), evenIm = 0.5 * (spectrumIm[k] - spectrumIm[m]);
            double differenceRe = 0.5 * (spectrumRe[k] - spectrumRe[m]), differenceIm = 0.5 * (spectrumIm[k] + spectrumIm[m]);
            var oddRe = cosine[k] * differenceRe - sine[k] * differenceIm;
            var oddIm = cosine[k] * differenceIm + sine[k] * differenceRe;
            // The inverse of a complex transform is the forward one with real and imaginary parts swapped on the way in and out.
            im[k] = scale * (evenRe - oddIm);
            re[k] = scale * (evenIm + oddRe);
        }
        Transform();
        for (var j = 0; j < half; j++)
        {
            values[2 * j] = im[j];
            values[2 * j + 1] = re[j];
        }
    }

    private void Transform()
    {
        var blocks = half;
        var stride = 1;
        while (blocks >= 4)
        {
            Radix4(blocks / 4, stride);
            blocks /= 4;
            stride *= 4;
            (re, re2) = (re2, re);
            (im, im2) = (im2, im);
        }
        if (blocks == 2)
        {
            for (var k = 0; k < stride; k++)
            {
                (re2[k], re2[k + stride]) = (re[k] + re[k + stride], re[k] - re[k + stride]);
                (im2[k], im2[k + stride]) = (im[k] + im[k + stride], im[k] - im[k + stride]);
            }
            (re, re2) = (re2, re);
            (im, im2) = (im2, im);
        }
    }

    /// <summary>
    /// One pass: y[4j + c] ← w^(jc)·(c-th 4-point transform of x[j], x[j + blocks], x[j + 2·blocks], x[j + 3·blocks]), each an array of stride values.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Radix4(int blocks, int stride)
    {
        var quarter = blocks * stride;
        Span<double> xr = re, xi = im, yr = re2, yi = im2;
        var step = 2 * stride; // the tables hold roots of order 2·half; this pass needs roots of order 4·blocks = half / stride
        for (var j = 0; j < blocks; j++)
        {
            double w1r = cosine[j * step], w1i = -sine[j * step];
            double w2r = w1r * w1r - w1i * w1i, w2i = 2 * w1r * w1i;
            double w3r = w1r * w2r - w1i * w2i, w3i = w1r * w2i + w1i * w2r;
            var from = j * stride;
            var to = 4 * j * stride;
            var k = 0;
            if (stride >= Vector<double>.Count)
            {
                for (; k < stride; k += Vector<double>.Count)
                {
                    Vector<double> ar = new(xr[(from + k)..]), ai = new(xi[(from + k)..]);
                    Vector<double> br = new(xr[(from + quarter + k)..]), bi = new(xi[(from + quarter + k)..]);
                    Vector<double> cr = new(xr[(from + 2 * quarter + k)..]), ci = new(xi[(from + 2 * quarter + k)..]);
                    Vector<double> dr = new(xr[(from + 3 * quarter + k)..]), di = new(xi[(from + 3 * quarter + k)..]);
                    Vector<double> sr = ar + cr, si = ai + ci, tr = ar - cr, ti = ai - ci;
                    Vector<double> ur = br + dr, ui = bi + di, vr = bi - di, vi = dr - br; // v = −i(b − d)
                    (sr + ur).CopyTo(yr[(to + k)..]);
                    (si + ui).CopyTo(yi[(to + k)..]);
                    Vector<double> pr = tr + vr, pi = ti + vi, qr = sr - ur, qi = si - ui, mr = tr - vr, mi = ti - vi;
                    (pr * w1r - pi * w1i).CopyTo(yr[(to + stride + k)..]);
                    (pr * w1i + pi * w1r).CopyTo(yi[(to + stride + k)..]);
                    (qr * w2r - qi * w2i).CopyTo(yr[(to + 2 * stride + k)..]);
                    (qr * w2i + qi * w2r).CopyTo(yi[(to + 2 * stride + k)..]);
                    (mr * w3r - mi * w3i).CopyTo(yr[(to + 3 * stride + k)..]);
                    (mr * w3i + mi * w3r).CopyTo(yi[(to + 3 * stride + k)..]);
                }
                continue;
            }
            for (; k < stride; k++)
            {
                int a = from + k, b = a + quarter, c = b + quarter, d = c + quarter, y = to + k;
                double sr = xr[a] + xr[c], si = xi[a] + xi[c], tr = xr[a] - xr[c], ti = xi[a] - xi[c];
                double ur = xr[b] + xr[d], ui = xi[b] + xi[d], vr = xi[b] - xi[d], vi = xr[d] - xr[b];
                yr[y] = sr + ur;
                yi[y] = si + ui;
                double pr = tr + vr, pi = ti + vi, qr = sr - ur, qi = si - ui, mr = tr - vr, mi = ti - vi;
                yr[y + stride] = pr * w1r - pi * w1i;
                yi[y + stride] = pr * w1i + pi * w1r;
                yr[y + 2 * stride] = qr * w2r - qi * w2i;
                yi[y + 2 * stride] = qr * w2i + qi * w2r;
                yr[y + 3 * stride] = mr * w3r - mi * w3i;
                yi[y + 3 * stride] = mr * w3i + mi * w3r;
            }
        }
    }

    /// <summary>cos and sin of 2πk/order for k below count, each from two table entries so that the error stays within two roundings.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double[] Cosine, double[] Sine) Roots(int order, int count)
    {
        var low = 1 << (BitOperations.Log2((uint)order) / 2);
        var fine = new (double Sin, double Cos)[low];
        for (var k = 0; k < low; k++) fine[k] = Math.SinCos(2 * Math.PI * k / order);
        var cos = new double[count];
        var sin = new double[count];
        for (var start = 0; start < count; start += low)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * start / order);
            for (var k = 0; k < low && start + k < count; k++)
            {
                cos[start + k] = c * fine[k].Cos - s * fine[k].Sin;
                sin[start + k] = s * fine[k].Cos + c * fine[k].Sin;
            }
        }
        return (cos, sin);
    }
}
