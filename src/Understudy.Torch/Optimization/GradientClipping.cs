namespace Understudy.Torch.Optimization;

/// <summary>Limits on the gradients of a batch. Clipping per sample, for privacy, is another thing.</summary>
public static class GradientClipping
{
    /// <summary>Scales all gradients together so that their joint Euclidean norm is at most the given one.</summary>
    /// <returns>The norm before; 0 where there are no gradients.</returns>
    public static double ByNorm(IEnumerable<Tensor> parameters, double maxNorm)
    {
        const double guard = 1e-6; // PyTorch's, against division by 0
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        var gradients = Gradients(parameters);
        if (gradients.Length == 0) return 0;
        double norm = Tensor.Stack(Foreach.Norm(gradients)).Norm([0]).To(DType.Float64).Item<double>();
        // A norm that is not a number scales too, so that it shows.
        if (!(norm + guard < maxNorm)) Foreach.MulInPlace(gradients, maxNorm / (norm + guard));
        return norm;
    }

    /// <summary>Holds every element of every gradient within [-limit, limit].</summary>
    public static void ByValue(IEnumerable<Tensor> parameters, double limit)
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        foreach (var gradient in Gradients(parameters)) gradient.ClampInPlace(-limit, limit);
    }

    private static Tensor[] Gradients(IEnumerable<Tensor> parameters) => [.. parameters.Select(p => p.Grad).OfType<Tensor>()];
}
