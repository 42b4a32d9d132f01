using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Evolution;

/// <summary>What Private Evolution may be told.</summary>
public sealed record PrivateEvolutionOptions
{
    /// <summary>ε of all votes together, at the study's δ.</summary>
    [Range(1e-3, 1e3)]
    public double Epsilon { get; init; } = 10;

    /// <summary>T: how often the records vote. Each vote is one noised histogram.</summary>
    [Range(1, 10_000)]
    public int Iterations { get; init; } = 4;

    /// <summary>Images that are selected after each vote, and released after the last: as many of each class.</summary>
    [Range(1, 10_000_000)]
    public int Population { get; init; } = 5000;

    /// <summary>Variations of each selected image among the next candidates.</summary>
    [Range(1, 100)]
    public int Variations { get; init; } = 1;

    /// <summary>Whether selected images are candidates again.</summary>
    public bool KeepSelected { get; init; }

    /// <summary>Lookahead: a candidate is judged by the mean of that many of its variations; 0 by itself.</summary>
    [Range(0, 100)]
    public int Lookahead { get; init; }

    /// <summary>k: a record votes for its k nearest candidates, with 1/√k each.</summary>
    [Range(1, 1000)]
    public int Neighbours { get; init; } = 1;

    /// <summary>H: is taken off the noised votes; what falls below 0 counts as none.</summary>
    [Range(0, 1e9)]
    public double Threshold { get; init; } = 1;

    /// <summary>How candidates are selected.</summary>
    public Selection Selection { get; init; } = Selection.Sample;

    /// <summary>Degree of the variations after the first vote; it falls in equal steps.</summary>
    [Range(0, 1)]
    public double FirstDegree { get; init; } = 0.5;

    /// <summary>Degree of the variations before the last vote.</summary>
    [Range(0, 1)]
    public double LastDegree { get; init; } = 0.15;

    /// <summary>Where images come from.</summary>
    public VariationSource Source { get; init; } = VariationSource.Digits;

    /// <summary>Of a bank: the public data set; of a generator: the TorchScript file, as <c>generator.ts</c> of a fitted model.</summary>
    public string Path { get; init; } = "";

    /// <summary>Of a bank: among how many nearest images a variation of degree 1 is chosen.</summary>
    [Range(1, 10_000)]
    public int BankNeighbours { get; init; } = 200;

    /// <summary>Of a generator: numbers in its noise vector.</summary>
    [Range(1, 4096)]
    public int LatentSize { get; init; } = 100;

    /// <summary>Of a generator: public classes that it takes behind the noise, each as a row with a single 1; 0 for none.</summary>
    [Range(0, 100_000)]
    public int Conditions { get; init; }
}
