namespace Understudy.Studies.Grids;

/// <summary>One classifier, trained on a data set or on the members.</summary>
/// <param name="Id">Its folder.</param>
/// <param name="DataSet">What it is trained on; null for the members.</param>
/// <param name="Section">Network and training; null for a private baseline, which brings its own.</param>
/// <param name="Baseline">The private baseline, its budget filled in; null for a training without protection of its own.</param>
/// <param name="Base">What the study calls the classifier or the baseline.</param>
/// <param name="Seed">Of training.</param>
internal sealed record GridClassifier(string Id, GridDataSet? DataSet, ClassifierSection? Section, BaselineSection? Baseline, string Base, ulong Seed);
