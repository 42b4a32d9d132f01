using Understudy.Privacy.Events;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Mechanisms;

/// <summary>
/// Releases a sum of vectors, one a record and of L1 norm at most C, with Laplace noise of scale bC in each coordinate (Dwork, McSherry, Nissim, Smith
/// 2006). The noise is drawn without rounding: values are moved to a grid of a power of two below bC/2⁴⁰, and get an exact discrete Laplace number of
/// grid steps; so no floating-point number betrays more than the sum on the grid.
/// </summary>
/// <remarks>
/// With g the grid step: moving two neighbouring vectors to the grid may part them by C/g + d steps instead of C/g, and discrete Laplace noise of
/// scale t against a shift of k steps is dominated by the continuous one against k + 1. Hence t ≥ b(C/g + 2d), rounded up, keeps the guarantee
/// of the continuous mechanism.
/// </remarks>
public sealed class LaplaceMechanism : Mechanism
{
    private const int GridBits = 40;

    /// <summary>Couples bound and noise.</summary>
    /// <param name="relation">Which data sets the guarantee compares.</param>
    /// <param name="bound">C: the largest L1 norm of one record's contribution, positive, in the units of the sum.</param>
    /// <param name="scale">b: the noise's scale relative to C, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">C or b is not positive and finite, or their product lies outside [1e-200, 1e200].</exception>
    public LaplaceMechanism(NeighbouringRelation relation, double bound, double scale) : this(relation, bound, scale, source: null)
    {
    }

    internal LaplaceMechanism(NeighbouringRelation relation, double bound, double scale, NoiseSource? source) : base(relation, source)
    {
        Bound = Require.Positive(bound);
        Scale = Require.Positive(scale);
        if (scale * bound is < 1e-200 or > 1e200)
            throw new ArgumentOutOfRangeException(nameof(scale), "the noise's scale in the units of the sum must lie in [1e-200, 1e200].");
    }

    /// <summary>C, in the units of the sum.</summary>
    public double Bound { get; }

    /// <summary>b, relative to C.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public override PrivacyEvent Event => new LaplaceEvent(Scale);

    /// <summary>The mechanism with the least noise that is ε-differentially private.</summary>
    /// <param name="relation">Which data sets the guarantee compares.</param>
    /// <param name="bound">C: the largest L1 norm of one record's contribution.</param>
    /// <param name="epsilon">ε, positive.</param>
    public static LaplaceMechanism Calibrate(NeighbouringRelation relation, double bound, Epsilon epsilon)
    {
        if (epsilon.Value is 0 or double.PositiveInfinity) throw new ArgumentOutOfRangeException(nameof(epsilon), "epsilon must be positive and finite.");
        var distance = relation == NeighbouringRelation.ReplaceOne ? 2 : 1;
        return new LaplaceMechanism(relation, bound, Math.BitIncrement(distance / epsilon.Value));
    }

    /// <summary>Adds one record's vector to a sum, scaled down to L1 norm C if it is longer; one that is not finite adds nothing.</summary>
    /// <param name="record">[d].</param>
    /// <param name="sum">[d], changed in place.</param>
    public void Accumulate(ReadOnlySpan<double> record, Span<double> sum) =>
        Contributions.Add(record, Contributions.Factor(Contributions.AbsoluteNorm(record), Bound), sum);

    /// <summary>Turns a sum into its release: adds the noise, once.</summary>
    /// <param name="sum">[d]: each record's contribution to it has an L1 norm of at most C. Changed in place.</param>
    /// <exception cref="ArgumentException">A value is infinite or not a number; nothing has been spent or changed.</exception>
    /// <exception cref="InvalidOperationException">The release has been made.</exception>
    public void Release(Span<double> sum)
    {
        RequireFinite(sum);
        var (step, noiseScale) = Grid(sum.Length);
        var sampler = new DiscreteLaplaceSampler(noiseScale);
        using var noise = Spend();
        var words = new RandomWords(noise);
        foreach (ref var value in sum) value = (double)(OnGrid(value / step) + sampler.Next(words)) * step;
    }

    /// <summary>g, and t ≥ b(C/g + 2d).</summary>
    internal (double Step, ulong NoiseScale) Grid(int dimensions)
    {
        var step = Math.ScaleB(1, Math.ILogB(Scale * Bound) - GridBits);
        // What the roundings can take away is less than the one that is added.
        var noiseScale = Math.Ceiling(Scale * Bound / step + 2 * Scale * dimensions) + 1;
        return noiseScale <= DiscreteLaplaceSampler.LargestScale
            ? (step, (ulong)noiseScale)
            : throw new ArgumentException($"{dimensions} values are too many for a noise scale of {Scale}.", nameof(dimensions));
    }

    /// <summary>The nearest whole number; what exceeds 2¹²⁰ is cut off there, which parts no two numbers further.</summary>
    private static Int128 OnGrid(double value)
    {
        const double limit = (double)(1UL << 60) * (1UL << 60);
        return (Int128)Math.Clamp(Math.Round(value), -limit, limit);
    }
}
