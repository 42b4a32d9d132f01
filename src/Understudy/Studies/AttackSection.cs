namespace Understudy.Studies;

/// <summary>One attack of a study.</summary>
public sealed record AttackSection
{
    /// <summary>Which attack.</summary>
    public required string Name { get; init; }
}
