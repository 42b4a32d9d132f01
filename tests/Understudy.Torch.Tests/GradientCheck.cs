namespace Understudy.Torch.Tests;

/// <summary>Compares derivatives with central differences, in float64.</summary>
internal static class GradientCheck
{
    private const double Step = 1e-6;
    private const double Tolerance = 1e-5; // absolute and relative: rounding leaves 1e-16/Step, curvature Step², times the sums' lengths

    /// <summary>Checks the gradient of a fixed random projection of the floating-point outputs with respect to every element of every input.</summary>
    internal static void First(Func<Tensor[], Tensor[]> function, Tensor[] inputs)
    {
        using var scope = new TensorScope();
        var leaves = Array.ConvertAll(inputs, x =>
        {
            var leaf = x.Detach().Contiguous().Clone();
            leaf.RequiresGrad = true;
            return leaf;
        });
        Leaves(() => function(leaves), leaves);
    }

    /// <summary>Checks the gradients of the gradients, which are made with a graph of their own.</summary>
    internal static void Second(Func<Tensor[], Tensor[]> function, Tensor[] inputs) => First(
        leaves =>
        {
            using var grad = Autograd.EnableGrad();
            var gradients = Autograd.Grad([Projected(function(leaves))!], leaves, createGraph: true, allowUnused: true);
            return [.. gradients.OfType<Tensor>().Where(g => g.RequiresGrad)];
        },
        inputs);

    /// <summary>Checks the gradient with respect to leaves that the function knows of, such as a module's parameters; they are moved and put back.</summary>
    internal static void Leaves(Func<Tensor[]> function, Tensor[] leaves)
    {
        using var scope = new TensorScope();
        var projected = Projected(function());
        if (projected is null) return;
        // Where no gradient flows, the slope must be 0 too.
        var gradients = projected.RequiresGrad ? Autograd.Grad([projected], leaves, allowUnused: true) : new Tensor?[leaves.Length];
        using var noGrad = Autograd.NoGrad();
        for (var i = 0; i < leaves.Length; i++)
        {
            var elements = leaves[i].View(-1);
            var analytic = gradients[i]?.ToArray<double>() ?? new double[leaves[i].Count];
            for (var j = 0; j < analytic.Length; j++)
            {
                using var inner = new TensorScope();
                var element = elements.Select(0, j);
                var value = element.Item<double>();
                element.Fill(value + Step);
                var above = Projected(function())!.Item<double>();
                element.Fill(value - Step);
                var below = Projected(function())!.Item<double>();
                element.Fill(value);
                var slope = (above - below) / (2 * Step);
                Assert.True(Math.Abs(slope - analytic[j]) <= Tolerance * (1 + Math.Abs(slope)), $"input {i}[{j}]: gradient {analytic[j]:R}, slope {slope:R}");
            }
        }
    }

    // Σ output · r, r fixed; null where no output is real.
    private static Tensor? Projected(Tensor[] outputs)
    {
        Tensor? sum = null;
        foreach (var output in outputs.Where(o => o.IsFloatingPoint))
        {
            var weights = (Tensor.Arange(1, output.Count + 1, dtype: DType.Float64) * 0.7).Sin().Reshape(output.Shape);
            var part = (output * weights).Sum();
            sum = sum is null ? part : sum + part;
        }
        return sum;
    }
}
