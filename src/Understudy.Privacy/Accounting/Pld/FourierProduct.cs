using System.Numerics;
using System.Runtime.CompilerServices;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>A cyclic convolution of powers of real sequences, built up in the frequency domain, with a bound on its rounding errors.</summary>
internal sealed class FourierProduct
{
    private const double Negligible = -80; // ln of a factor that no longer matters

    private readonly RealFourierTransform transform;
    private readonly double[] re, im, partRe, partIm; // [N/2 + 1]
    private readonly double precision;                // error of any one output of a transform whose inputs add up to 1

    public FourierProduct(int length)
    {
        transform = new RealFourierTransform(length);
        Values = new double[length];
        (re, im, partRe, partIm) = (new double[length / 2 + 1], new double[length / 2 + 1], new double[length / 2 + 1], new double[length / 2 + 1]);
        precision = Math.ScaleB(1, -50) * (2 + BitOperations.Log2((uint)length)); // 8 roundings a stage (Higham 2002, section 24.1)
    }

    /// <summary>[N] the next factor before <see cref="Multiply"/>; the product after <see cref="Invert"/>.</summary>
    public double[] Values { get; }

    /// <summary>Back to the empty product.</summary>
    public void Reset()
    {
        Array.Fill(re, 1);
        Array.Clear(im);
    }

    /// <summary>Convolves with a power of <see cref="Values"/>, whose sum is at most 1.</summary>
    /// <param name="power">At least 1.</param>
    /// <returns>A bound on the Euclidean norm of the error that this adds to the product.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Multiply(long power)
    {
        transform.Forward(Values, partRe, partIm);
        var smallest = Math.Exp(2 * Negligible / power); // of the squared magnitude
        var sensitivity = 0.0;                           // Σ |w|^(2(power − 1))
        for (var k = 0; k < re.Length; k++)
        {
            double a = partRe[k], b = partIm[k];
            if (power > 1)
            {
                var square = a * a + b * b;
                if (square < smallest)
                {
                    re[k] = im[k] = 0;
                    continue;
                }
                var logMagnitude = 0.5 * Math.Log(square);
                sensitivity += Math.Exp(Math.Min(0, 2 * logMagnitude * (power - 1)));
                var (sin, cos) = Math.SinCos(Math.Atan2(b, a) * power);
                var magnitude = Math.Exp(logMagnitude * power);
                (a, b) = (magnitude * cos, magnitude * sin);
            }
            else
            {
                sensitivity++;
            }
            (re[k], im[k]) = (re[k] * a - im[k] * b, re[k] * b + im[k] * a);
        }
        return power * precision * Math.Sqrt(2 * sensitivity / Values.Length);
    }

    /// <summary>Puts the product into <see cref="Values"/>.</summary>
    /// <returns>A bound on the Euclidean norm of the error that this adds to the product.</returns>
    public double Invert()
    {
        var squares = 0.0;
        for (var k = 0; k < re.Length; k++) squares += re[k] * re[k] + im[k] * im[k];
        transform.Inverse(re, im, Values);
        return precision * Math.Sqrt(2 * squares / Values.Length);
    }
}
