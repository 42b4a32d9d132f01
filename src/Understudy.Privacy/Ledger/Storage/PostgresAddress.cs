using System.Text.RegularExpressions;
using Npgsql;

namespace Understudy.Privacy.Ledger.Storage;

/// <summary>Tells the address of a PostgreSQL database from the name of a file.</summary>
internal static partial class PostgresAddress
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>The settings of a connection string or an address; null for anything else.</summary>
    /// <exception cref="LedgerException">It is one of these, and something in it is wrong.</exception>
    public static NpgsqlConnectionStringBuilder? Parse(string location)
    {
        var isAddress = Schemes.Any(scheme => location.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
        if (!isAddress && !Host().IsMatch(location)) return null;
        try
        {
            var settings = isAddress ? FromUri(new Uri(location)) : new NpgsqlConnectionStringBuilder(location);
            return settings is { Host: { Length: > 0 }, Database: { Length: > 0 } } ? settings : throw new FormatException("it must name a host and a database");
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // The text itself may hold a password, so it is not repeated.
            throw new LedgerException($"the ledger's PostgreSQL address is wrong: {e.Message}; as postgres://user@host:5432/database", e);
        }
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri address)
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = Uri.UnescapeDataString(address.Host), Database = Uri.UnescapeDataString(address.AbsolutePath.Trim('/')) };
        if (address.Port > 0) settings.Port = address.Port;
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0) settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) settings.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var option = pair.Split('=', 2);
            var name = Uri.UnescapeDataString(option[0]) switch
            {
                "sslmode" => "SSL Mode",
                "connect_timeout" => "Timeout",
                "user" => "Username",
                var other => other.Replace('_', ' '),
            };
            settings[name] = option.Length > 1 ? Uri.UnescapeDataString(option[1]) : "";
        }
        return settings;
    }

    [GeneratedRegex(@"(^|;)\s*(host|server)\s*=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Host();
}
