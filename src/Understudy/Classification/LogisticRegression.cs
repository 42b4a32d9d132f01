using System.Numerics.Tensors;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Classification;

/// <summary>Multinomial logistic regression on pixels in [0, 1]: Σᵢ -ln softmax(W xᵢ + b)[yᵢ] + λ/2 ‖W‖², lowered by L-BFGS from zero.</summary>
/// <remarks>The objective is convex, so nothing depends on a seed. Sums run over fixed blocks of images, so that cores change nothing either.</remarks>
/// <param name="options">Penalty and steps.</param>
/// <param name="classes">K.</param>
public sealed class LogisticRegression(LogisticOptions options, int classes) : IClassifier
{
    private const int BlockRows = 512;
    private const double LargestPixel = byte.MaxValue;

    // The largest partial derivative of the mean loss at which the steps end.
    private const double Tolerance = 1e-5;

    private float[] weights = []; // [K, P + 1], the bias last

    /// <inheritdoc/>
    public void Fit(ImageSet training, FitContext context)
    {
        var found = Lbfgs.Minimise(new double[classes * (training.Shape.Length + 1)], at =>
        {
            context.Cancellation.ThrowIfCancellationRequested();
            return Objective(training, at);
        }, options.Iterations, Tolerance * training.Count);
        weights = Array.ConvertAll(found, w => (float)w);
    }

    /// <inheritdoc/>
    public float[] Probabilities(ImageSet images)
    {
        var probabilities = new float[images.Count * classes];
        Parallel.For(0, Blocks(images.Count), Cores.All, block =>
        {
            var x = new float[images.Shape.Length];
            for (var i = block * BlockRows; i < Math.Min(images.Count, (block + 1) * BlockRows); i++)
                Softmax(images, i, weights, x, probabilities.AsSpan(i * classes, classes));
        });
        return probabilities;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing outside of managed memory.
    }

    /// <summary>The objective and its gradient at weights [K, P + 1].</summary>
    internal (double Value, double[] Gradient) Objective(ImageSet images, double[] at)
    {
        var w = Array.ConvertAll(at, v => (float)v);
        var row = images.Shape.Length + 1;
        var losses = new double[Blocks(images.Count)];
        var gradients = new float[losses.Length][];
        Parallel.For(0, losses.Length, Cores.All, block =>
        {
            var (x, p, gradient) = (new float[row - 1], new float[classes], new float[at.Length]);
            for (var i = block * BlockRows; i < Math.Min(images.Count, (block + 1) * BlockRows); i++)
            {
                var y = images.Labels![i];
                losses[block] -= Softmax(images, i, w, x, p)[y];
                p[y] -= 1;
                for (var k = 0; k < classes; k++)
                {
                    var to = gradient.AsSpan(k * row, row);
                    TensorPrimitives.MultiplyAdd(x, p[k], to[..^1], to[..^1]);
                    to[^1] += p[k];
                }
            }
            gradients[block] = gradient;
        });
        var (value, sum) = (losses.Sum(), new double[at.Length]);
        foreach (var gradient in gradients)
        {
            for (var i = 0; i < sum.Length; i++) sum[i] += gradient[i];
        }
        for (var i = 0; i < sum.Length; i++)
        {
            if ((i + 1) % row == 0) continue;
            value += 0.5 * options.Penalty * at[i] * at[i];
            sum[i] += options.Penalty * at[i];
        }
        return (value, sum);
    }

    private static int Blocks(int count) => (count + BlockRows - 1) / BlockRows;

    /// <summary>Writes an image's pixels and the probabilities of its classes, and returns the logarithms of these.</summary>
    private double[] Softmax(ImageSet images, int image, float[] w, float[] x, Span<float> probabilities)
    {
        var pixels = images.Image(image);
        var row = x.Length + 1;
        for (var i = 0; i < x.Length; i++) x[i] = (float)(pixels[i] / LargestPixel);
        var logits = new double[classes];
        for (var k = 0; k < classes; k++) logits[k] = TensorPrimitives.Dot(x, w.AsSpan(k * row, x.Length)) + w[k * row + x.Length];
        var largest = logits.Max();
        var total = largest + Math.Log(logits.Sum(logit => Math.Exp(logit - largest)));
        for (var k = 0; k < classes; k++)
        {
            logits[k] -= total;
            probabilities[k] = (float)Math.Exp(logits[k]);
        }
        return logits;
    }
}
