namespace Understudy.Torch;

/// <summary>What a loss makes of its elements, numbered as libtorch numbers them.</summary>
public enum Reduction
{
    /// <summary>Nothing: a loss an element.</summary>
    None = 0,
    /// <summary>Their mean.</summary>
    Mean = 1,
    /// <summary>Their sum.</summary>
    Sum = 2,
}
