using Understudy.Data;

namespace Understudy.Attacks;

/// <summary>Every attack there is.</summary>
public static class MembershipAttacks
{
    /// <summary>The attacks, in the order in which they are listed to a reader.</summary>
    public static IReadOnlyList<AttackEntry> All { get; } =
    [
        new(GanLeaks.Description, typeof(NoOptions), _ => new GanLeaks()),
        new(CalibratedGanLeaks.Description, typeof(NoOptions), _ => new CalibratedGanLeaks()),
    ];

    /// <summary>The attack of that name.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public static AttackEntry Get(string name) =>
        All.FirstOrDefault(entry => entry.Card.Name == name)
        ?? throw new InputException($"unknown attack '{name}'{NearestName.Hint(name, [.. All.Select(entry => entry.Card.Name)])}");
}
