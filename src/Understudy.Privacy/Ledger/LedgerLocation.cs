using Understudy.Privacy.Ledger.Storage;

namespace Understudy.Privacy.Ledger;

/// <summary>Where ledgers are.</summary>
public static class LedgerLocation
{
    /// <summary>The environment variable that names the ledger to use.</summary>
    public const string Variable = "UNDERSTUDY_LEDGER";

    /// <summary>
    /// The ledger of whoever names none: what <see cref="Variable"/> says, otherwise <c>understudy/ledger.db</c> in the user's data folder
    /// (<c>$XDG_DATA_HOME</c>, or <c>~/.local/share</c>).
    /// </summary>
    public static string Default => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "understudy", "ledger.db");

    internal static LedgerStore Store(string location)
    {
        if (string.IsNullOrWhiteSpace(location)) throw new LedgerException("the ledger's location is blank; name a file or a PostgreSQL database");
        return PostgresAddress.Parse(location) is { } settings ? new PostgresStore(settings) : new SqliteStore(location);
    }
}
