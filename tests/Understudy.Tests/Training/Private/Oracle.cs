using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Tests.Training.Private;

/// <summary>The definition itself: each record alone, by plain automatic differentiation, one after the other.</summary>
internal static class Oracle
{
    // Clip factors aim this much below the bound.
    private const double Margin = 1 - (1.0 / (1 << 16));

    /// <summary>Norms of the records' gradients and the sum of the clipped ones.</summary>
    /// <param name="network">Its parameters that require gradients count.</param>
    /// <param name="losses">From rows of the batch to their losses.</param>
    /// <param name="records">Number of records.</param>
    /// <param name="factor">The clip factor of a norm; 1 if null.</param>
    public static (double[] Norms, Tensor[] Sums) Of(Module network, Func<Range, Tensor> losses, int records, Func<double, double>? factor = null)
    {
        var parameters = network.Parameters.Where(p => p.RequiresGrad).ToArray();
        var sums = Array.ConvertAll(parameters, p => Tensor.Zeros(p.Shape, p.DType));
        var norms = new double[records];
        for (var i = 0; i < records; i++)
        {
            var gradients = Autograd.Grad([losses(i..(i + 1)).Sum()], parameters, allowUnused: true);
            norms[i] = Math.Sqrt(gradients.Sum(g => g is null ? 0 : g.To(DType.Float64).Square().Sum().Item<double>()));
            for (var p = 0; p < sums.Length; p++)
            {
                if (gradients[p] is { } gradient) sums[p] += gradient * (factor?.Invoke(norms[i]) ?? 1);
            }
        }
        return (norms, sums);
    }

    /// <summary>Checks a network's clipped gradient, by every method, against the definition.</summary>
    /// <param name="network">The network.</param>
    /// <param name="losses">From rows of the batch to their losses.</param>
    /// <param name="records">Number of records.</param>
    /// <param name="methods">The methods; all if none is named.</param>
    public static void Agrees(Module network, Func<Range, Tensor> losses, int records, params NormMethod[] methods)
    {
        const double Share = 0.7; // of the median norm: about half of the records are clipped.
        using var scope = new TensorScope();
        var (plainNorms, _) = Of(network, losses, records);
        var bound = records == 0 ? 1 : Math.Max(1e-3, Share * plainNorms.Order().ElementAt(records / 2));
        var (norms, sums) = Of(network, losses, records, norm => Math.Min(1, bound * Margin / norm));
        foreach (var method in methods.Length == 0 ? Enum.GetValues<NormMethod>() : methods)
        {
            using var gradient = new ClippedGradient(network, new FlatClipping(bound), new PerformanceOptions { Norms = method });
            gradient.Accumulate(records, losses);
            Close($"norms by {method}", norms, gradient.Norms.ToArray<double>(), sums[0].DType);
            for (var p = 0; p < sums.Length; p++) Close($"sum {p} by {method}", Numbers(sums[p]), Numbers(gradient.Sums[p]), sums[p].DType);
        }
    }

    /// <summary>The elements in 64 bits.</summary>
    public static double[] Numbers(Tensor x) => x.Detach().To(DType.Float64).ToArray<double>();

    private static void Close(string what, double[] expected, double[] actual, DType dtype)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (relative, absolute) = dtype == DType.Float64 ? (1e-10, 1e-10) : (1e-4, 1e-5);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= absolute + (relative * Math.Abs(expected[i])), $"{what}, element {i}: {actual[i]:R} instead of {expected[i]:R}");
    }
}
