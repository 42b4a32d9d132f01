using System.ComponentModel.DataAnnotations;

namespace Understudy.Studies.Grids;

/// <summary>Budgeted selection: every member votes for the candidate of its class that is nearest to it, and the votes are counted with noise.</summary>
public sealed record VotingSection
{
    /// <summary>ε that the count costs, on top of the generator's.</summary>
    [Range(1e-3, 1e3)]
    public double Epsilon { get; init; } = 1;

    /// <summary>Candidates drawn for each image that is kept.</summary>
    [Range(2, 100)]
    public int Candidates { get; init; } = 2;
}
