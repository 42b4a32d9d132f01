using Understudy.Data;

namespace Understudy.Attacks;

/// <summary>Every attack there is.</summary>
public static class MembershipAttacks
{
    /// <summary>The attacks, in the order in which they are listed to a reader.</summary>
    public static IReadOnlyList<AttackEntry> All { get; } =
    [
        Entry<GanLeaksOptions>(options => new GanLeaks(options)),
        Entry<GanLeaksOptions>(options => new CalibratedGanLeaks(options)),
        Entry<MonteCarloOptions>(options => new MonteCarlo(options)),
        Entry<LoganOptions>(options => new Logan(options)),
        Entry<DomiasOptions>(options => new Domias(options)),
    ];

    /// <summary>The attack of that name.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public static AttackEntry Get(string name) =>
        All.FirstOrDefault(entry => entry.Card.Name == name)
        ?? throw new InputException($"unknown attack '{name}'{NearestName.Hint(name, [.. All.Select(entry => entry.Card.Name)])}");

    private static AttackEntry Entry<TOptions>(Func<TOptions, Attack> create)
        where TOptions : AttackOptions, new() => new(create(new TOptions()).Card, typeof(TOptions), options => create((TOptions)options));
}
