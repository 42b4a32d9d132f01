namespace Understudy.Privacy;

/// <summary>Which two data sets a guarantee compares. It is always said, never assumed: a σ means different privacy under each.</summary>
public enum NeighbouringRelation
{
    /// <summary>One record more or fewer. N itself is private. A clipped sum has L2 sensitivity C.</summary>
    AddOrRemoveOne,

    /// <summary>One record replaced by a null record that contributes nothing (zero-out). N is public. A clipped sum has L2 sensitivity C.</summary>
    ReplaceSpecial,

    /// <summary>One record replaced by any other. N is public. A clipped sum has L2 sensitivity 2C.</summary>
    ReplaceOne,
}
