using System.ComponentModel.DataAnnotations;

namespace Understudy.Attacks.Classifiers;

/// <summary>How RMIA estimates the probability of a record under no particular model.</summary>
public sealed record RmiaOptions
{
    /// <summary>γ: by how much a record must beat a population record.</summary>
    [Range(1.0, double.MaxValue)]
    public double Gamma { get; init; } = 1;

    /// <summary>
    /// a of the offline estimate p(x) = ½ (1 + a) mean_out + ½ (1 − a), for references of which none was trained on the record; null for the
    /// online one, the mean over references that were and that were not.
    /// </summary>
    [Range(0.0, 1.0)]
    public double? OfflineA { get; init; } = 0.3;
}
