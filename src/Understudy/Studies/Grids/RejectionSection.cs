using System.ComponentModel.DataAnnotations;

namespace Understudy.Studies.Grids;

/// <summary>Rejection of samples by a classifier that has seen nothing private.</summary>
public sealed record RejectionSection
{
    internal const string Samples = "samples";

    /// <summary>
    /// <c>samples</c> for the first of the grid's classifiers, trained on the generator's own samples, or the path of a TorchScript module trained on public data
    /// that takes images in [0, 1] and returns a logit a class: in a file relative to that file, here absolute.
    /// </summary>
    public string Classifier { get; init; } = Samples;

    /// <summary>The least probability of its class that a sample must be given.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Probability { get; init; } = 0.5;

    /// <summary>Whether <see cref="Classifier"/> is the path of a network.</summary>
    internal bool NamesFile => Classifier != Samples;
}
