namespace Understudy.Privacy.Ledger;

/// <summary>Steps were refused because the account's total would pass its cap. Nothing was recorded.</summary>
/// <param name="message">One line with the figures below.</param>
/// <param name="spent">ε of what has been spent.</param>
/// <param name="reserved">ε of all that is reserved, what has been spent included.</param>
/// <param name="asked">ε of the refused steps alone.</param>
/// <param name="total">ε of the two together, as the cap counts them; infinite where the rule knows no bound.</param>
/// <param name="cap">The cap.</param>
public sealed class LedgerCapException(string message, Epsilon spent, Epsilon reserved, Epsilon asked, Epsilon total, Epsilon cap) : LedgerException(message)
{
    /// <summary>ε of what has been spent.</summary>
    public Epsilon Spent { get; } = spent;

    /// <summary>ε of all that is reserved, what has been spent included.</summary>
    public Epsilon Reserved { get; } = reserved;

    /// <summary>ε of the refused steps alone.</summary>
    public Epsilon Asked { get; } = asked;

    /// <summary>ε of the two together, as the cap counts them; infinite where the rule knows no bound.</summary>
    public Epsilon Total { get; } = total;

    /// <summary>The cap.</summary>
    public Epsilon Cap { get; } = cap;
}
