using System.ComponentModel.DataAnnotations;
using Understudy.Classification;
using Understudy.Generation.Denoising;

namespace Understudy.Studies;

/// <summary>Semi-supervised classifiers at several numbers of labels, several times each; for data of two classes.</summary>
public sealed record LabelBudgetSection
{
    /// <summary>Numbers of labels; 0 for all.</summary>
    [Range(0, 100_000_000)]
    public IReadOnlyList<int> Budgets { get; init; } = [50, 100, 200, 500, 0];

    /// <summary>Repetitions, each with other labels and other starting weights.</summary>
    [Range(1, 1000)]
    public int Repetitions { get; init; } = 3;

    /// <summary>What is compared.</summary>
    public IReadOnlyList<LimitedLabelMethod> Methods { get; init; } =
        [LimitedLabelMethod.Cnn, LimitedLabelMethod.Ae, LimitedLabelMethod.Dae, LimitedLabelMethod.Aae, LimitedLabelMethod.Daae];

    /// <summary>The network and its training; each method leaves out what it has not, and <c>labels</c> is set by <see cref="Budgets"/>.</summary>
    public SsDaaeOptions Model { get; init; } = new();
}
