namespace Understudy.Studies.Grids;

/// <summary>By what the classifier to release is chosen among those trained on the same samples.</summary>
public enum SelectionMode
{
    /// <summary>Accuracy on samples kept aside: costs nothing.</summary>
    Syn,

    /// <summary>The number of members recognised, compared with noise: costs its ε.</summary>
    Val,

    /// <summary>Accuracy on the test split, without noise: what published figures often do. It voids every guarantee and flatters the figure.</summary>
    Sen,
}
