namespace Understudy.Attacks.Auditing;

/// <summary>Approximate lower limits of a ratio of two binomial proportions.</summary>
public enum RateRatioMethod
{
    /// <summary>Normal on the logarithm (Katz et al., 1978).</summary>
    KatzLog,

    /// <summary>Normal on the logarithm, half a record added to every count (Walter, 1975).</summary>
    AdjustedLog,

    /// <summary>Normal on the cube root (Bailey, 1987).</summary>
    Bailey,

    /// <summary>Inverse hyperbolic sine (Newcombe, 2001).</summary>
    InverseSinh,
}
