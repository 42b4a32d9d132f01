namespace Understudy.Attacks.Auditing;

/// <summary>
/// A statistical test of the claim that what an attack was tried on is (ε, δ)-differentially private. It can refute a claim or fail to; it
/// cannot confirm one.
/// </summary>
public abstract class Auditor
{
    private const double Accuracy = 1e-10;

    /// <summary>Creates one.</summary>
    /// <param name="delta">δ, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">δ is outside its range.</exception>
    protected Auditor(double delta)
    {
        if (!(delta >= 0 && delta < 1)) throw new ArgumentOutOfRangeException(nameof(delta), delta, "δ lies in [0, 1)");
        Delta = delta;
    }

    /// <summary>δ for a hypothesis of Gaussian DP, which at δ = 0 has no finite ε.</summary>
    /// <exception cref="ArgumentOutOfRangeException">δ is 0.</exception>
    protected static double RequirePositive(double delta) =>
        delta == 0 ? throw new ArgumentOutOfRangeException(nameof(delta), "δ is 0; a Gaussian mechanism has a finite ε above 0 only") : delta;

    /// <summary>The δ of the claims that it tests.</summary>
    public double Delta { get; }

    /// <summary>The field's name for the test.</summary>
    public abstract string Name { get; }

    /// <summary>Whether counts at one threshold refute a claim. The threshold must not have been chosen on them.</summary>
    /// <param name="counts">What the attack got right and wrong.</param>
    /// <param name="epsilon">The claimed ε, at least 0.</param>
    /// <param name="significance">Probability of refuting a claim that is true, in (0, 1).</param>
    public abstract bool Refutes(AttackCounts counts, double epsilon, double significance);

    /// <summary>The largest ε that the counts refute; 0 where they refute none.</summary>
    /// <inheritdoc cref="Refutes" path="/param[@name='counts' or @name='significance']"/>
    public virtual double LowerBound(AttackCounts counts, double significance) => Largest(epsilon => Refutes(counts, epsilon, significance));

    /// <summary>The largest number that is refuted, where all up to it are; 0 where none is.</summary>
    protected static double Largest(Func<double, bool> isRefuted)
    {
        if (!isRefuted(0)) return 0;
        double low = 0, high = 1;
        while (isRefuted(high)) (low, high) = (high, 2 * high);
        while (high - low > Accuracy * Math.Max(1, low))
        {
            var middle = (low + high) / 2;
            if (isRefuted(middle)) low = middle;
            else high = middle;
        }
        return low;
    }
}
