using System.ComponentModel.DataAnnotations;

namespace Understudy.Classification;

/// <summary>What logistic regression may be told.</summary>
public sealed record LogisticOptions
{
    /// <summary>λ of the penalty λ/2 ‖W‖² on the sum of the losses; biases are free.</summary>
    [Range(0, 1e9)]
    public double Penalty { get; init; } = 1;

    /// <summary>Quasi-Newton steps at most.</summary>
    [Range(1, 100_000)]
    public int Iterations { get; init; } = 100;
}
