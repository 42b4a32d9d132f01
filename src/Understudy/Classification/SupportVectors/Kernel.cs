using System.Numerics.Tensors;

namespace Understudy.Classification.SupportVectors;

/// <summary>How alike two records are to a support vector machine.</summary>
/// <param name="Gamma">γ of exp(−γ ‖a − b‖²), more than 0; null for the linear kernel a·b.</param>
public readonly record struct Kernel(double? Gamma)
{
    /// <summary>a·b.</summary>
    public static Kernel Linear => default;

    /// <summary>exp(−γ ‖a − b‖²).</summary>
    /// <param name="gamma">γ, more than 0.</param>
    public static Kernel Rbf(double gamma) => new(gamma);

    /// <summary>k(a, b).</summary>
    public double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (Gamma is not { } gamma) return TensorPrimitives.Dot(a, b);
        var distance = TensorPrimitives.Distance(a, b);
        return Math.Exp(-gamma * distance * distance);
    }
}
