namespace Understudy.Generation.Evolution;

/// <summary>How candidates are selected by their noised votes.</summary>
public enum Selection
{
    /// <summary>At random in proportion to the votes, again and again.</summary>
    Sample,

    /// <summary>Those with the most votes, each once.</summary>
    Rank,
}
