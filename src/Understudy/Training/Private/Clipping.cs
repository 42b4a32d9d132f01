using Understudy.Torch;

namespace Understudy.Training.Private;

/// <summary>How much of a record's gradient may enter a sum: a factor c ≤ 1, or at most such that the contribution's norm stays within a bound.</summary>
/// <remarks>
/// Adding or removing one record changes Σ cᵢ gᵢ by at most <see cref="Bound"/> in L2 norm, whatever the style; replacing one by another
/// changes it by at most twice that.
/// </remarks>
public abstract record Clipping
{
    // Factors aim this much below the bound, so that their rounding and that of norms never exceeds it: a matrix product in 32 bits adds
    // up some hundred products at a time, each of which may round by 2^-24 in the same direction.
    private const double Margin = 1.0 / (1 << 16);

    private protected Clipping(double bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        if (double.IsNaN(bound)) throw new ArgumentOutOfRangeException(nameof(bound), "a clipping bound is a number above 0");
        Bound = bound;
    }

    /// <summary>C: the largest L2 norm of one record's contribution. Infinity clips nothing, and protects nothing.</summary>
    public double Bound { get; private protected init; }

    /// <summary>C less a margin for rounding.</summary>
    private protected double Target => Bound * (1 - Margin);

    /// <summary>The factors of finite gradients.</summary>
    /// <param name="squaredNorms">Of each parameter's part of each record's gradient, [parameters, B], Float64.</param>
    /// <returns>c, [parameters, B] or, where it is the same for all parameters, [1, B].</returns>
    internal abstract Tensor Factors(Tensor squaredNorms);
}
