using System.CommandLine;
using Understudy.Data;
using Understudy.Privacy.Ledger;

namespace Understudy.Cli.Ledger;

/// <summary>What the ledger verbs share.</summary>
internal sealed class LedgerOptions
{
    public Option<string> Location { get; } = new("--ledger")
    {
        Description = $"A file, or postgres://user@host/database; without it {LedgerLocation.Variable}, or a file in the user's data folder",
        DefaultValueFactory = _ => LedgerLocation.Default,
    };

    public static Argument<string> DataSet(string without = "") => new("DATASET") { Description = $"The data set's fingerprint, or how that begins{without}" };

    /// <summary>The data set whose fingerprint begins so.</summary>
    public static string Find(PrivacyLedger ledger, string beginning)
    {
        var found = ledger.Fingerprints().Where(fingerprint => fingerprint.StartsWith(beginning, StringComparison.Ordinal)).ToArray();
        return found switch
        {
            [var one] => one,
            [] => throw new InputException($"{ledger.Location}: no data set's fingerprint begins with '{beginning}'; 'ledger show' lists them"),
            _ => throw new InputException($"{ledger.Location}: {found.Length} fingerprints begin with '{beginning}'; name more of its digits"),
        };
    }

    public PrivacyLedger Open(ParseResult parse) => PrivacyLedger.OpenExisting(parse.GetRequiredValue(Location));

    public PrivacyLedger OpenOrMake(ParseResult parse) => PrivacyLedger.Open(parse.GetRequiredValue(Location));
}
