namespace Understudy.Studies.Grids;

/// <summary>Where the shares of the classes among samples come from.</summary>
public enum ClassMix
{
    /// <summary>What the method has learnt under its guarantee, or uniform; without a guarantee, the members' own.</summary>
    Learnt,

    /// <summary>All classes alike: nothing is read.</summary>
    Uniform,

    /// <summary>The members' own, counted without noise, which no guarantee covers.</summary>
    Members,
}
