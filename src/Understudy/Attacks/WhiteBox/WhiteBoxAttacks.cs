namespace Understudy.Attacks.WhiteBox;

/// <summary>Every attack on released networks.</summary>
public static class WhiteBoxAttacks
{
    /// <summary>The attacks, in the order in which they are listed to a reader.</summary>
    public static IReadOnlyList<WhiteBoxEntry> All { get; } =
    [
        new(new WhiteBoxLogan().Card, typeof(WhiteBoxOptions), _ => new WhiteBoxLogan()),
        new(new WhiteBoxGanLeaks().Card, typeof(WhiteBoxGanLeaksOptions), options => new WhiteBoxGanLeaks((WhiteBoxGanLeaksOptions)options)),
    ];

    /// <summary>The attack of that name; null for one that asks for images alone.</summary>
    public static WhiteBoxEntry? Find(string name) => All.FirstOrDefault(entry => entry.Card.Name == name);
}
