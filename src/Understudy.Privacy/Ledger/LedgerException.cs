namespace Understudy.Privacy.Ledger;

/// <summary>A ledger refuses or cannot be used. The message is one line: what is wrong, where, and what would be right.</summary>
public class LedgerException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public LedgerException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
