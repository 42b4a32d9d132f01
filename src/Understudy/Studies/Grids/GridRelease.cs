using System.Globalization;

namespace Understudy.Studies.Grids;

/// <summary>One thing that may be released: a cell of the grid.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="DataSet">The data set, or what it was drawn or trained from; null for classifiers trained on real data.</param>
/// <param name="Classifier">The classifier that is released; null for other releases, and for one that is chosen among several.</param>
/// <param name="Selection">How the classifier is chosen; null where there is no choice.</param>
/// <param name="OutputNoise">Standard deviation of noise on its logits; 0 without.</param>
internal sealed record GridRelease(string Id, ReleaseKind Kind, GridDataSet? DataSet, GridClassifier? Classifier, SelectionMode? Selection = null, double OutputNoise = 0)
{
    /// <summary>The seed of all that went into it.</summary>
    public ulong Seed => DataSet?.Generator.Seed ?? Classifier!.Seed;

    /// <summary>The row of the tables that it shares with its like of other seeds.</summary>
    public GridRowKey Row => new(
        DataSet?.Generator.Base ?? (Classifier!.Baseline is null ? Label.Real : Classifier.Base),
        DataSet is null ? Classifier!.Baseline?.Options.Epsilon : DataSet.Generator.Budget,
        DataSet?.Sampler?.Id,
        Kind,
        (Selection, Classifier) switch
        {
            ({ } mode, _) => $"chosen by {mode.ToString().ToLowerInvariant()}",
            (_, { Baseline: not null }) => "dp-sgd",
            (_, { } one) => one.Base,
            _ => null,
        },
        OutputNoise > 0 ? string.Create(CultureInfo.InvariantCulture, $"output noise {OutputNoise}") : null);
}
