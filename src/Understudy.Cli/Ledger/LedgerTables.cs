using System.Globalization;
using Spectre.Console;
using Understudy.Privacy.Ledger;

namespace Understudy.Cli.Ledger;

/// <summary>A ledger for a reader.</summary>
internal static class LedgerTables
{
    /// <summary>An account without its rows, for JSON.</summary>
    public static object Summary(LedgerExtract extract) => new
    {
        extract.Fingerprint,
        extract.Unit,
        extract.Relation,
        extract.Delta,
        extract.Cap,
        extract.Spent,
        extract.Reserved,
        reservations = extract.Reservations.Count,
        unaccounted = extract.Unaccounted.Count,
        rows = extract.Rows.Count,
        extract.Head,
    };

    public static Table Accounts(IEnumerable<LedgerExtract> extracts)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("data set", "unit", "neighbours", "delta", "cap", "spent", "reserved", "unaccounted reads");
        foreach (var e in extracts)
        {
            table.AddRow(Cells(
                e.Fingerprint[..12], e.Unit, $"{e.Relation}", Show(e.Delta), Cap(e), Show(e.Spent.Upper), Show(e.Reserved.Upper), $"{e.Unaccounted.Count}"));
        }
        return table;
    }

    public static void Write(CliContext cli, LedgerExtract extract)
    {
        cli.Output.WriteLine($"data set {extract.Fingerprint}");
        cli.Output.WriteLine($"counted by {extract.Unit}, {extract.Relation}, delta {Show(extract.Delta)}; cap {Cap(extract)}");
        cli.Output.WriteLine($"spent    {Total(extract.Spent)}");
        cli.Output.WriteLine($"reserved {Total(extract.Reserved)}");
        var plans = new Table().Border(TableBorder.Minimal).AddColumns("run", "plan", "event", "spent", "reserved", "since", "");
        foreach (var use in extract.Reservations)
        {
            foreach (var plan in use.Plans)
            {
                plans.AddRow(Cells(
                    use.Run, plan.Label, $"{plan.Event}", $"{plan.Spent}", $"{plan.Reserved}", use.Time.ToString("u", CultureInfo.InvariantCulture), State(use)));
            }
        }
        if (extract.Reservations.Count > 0) cli.WriteTable(plans);
        var reads = new Table().Border(TableBorder.Minimal).AddColumns("run", "read without a guarantee", "why");
        foreach (var read in extract.Unaccounted) reads.AddRow(Cells(read.Run, read.What, read.Why));
        if (extract.Unaccounted.Count > 0) cli.WriteTable(reads);
    }

    public static string Show(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static string Total(LedgerTotal total) =>
        $"epsilon {Show(total.Upper)}, {total.Accountant}"
        + (total.IfFixedInAdvance < total.Upper ? $" ({Show(total.IfFixedInAdvance)} if all had been fixed in advance)" : "");

    private static string Cap(LedgerExtract extract) => extract.Cap is { } cap ? Show(cap) : "none";

    private static string State(LedgerUse use) => (use.FixedInAdvance ? "fixed in advance" : "chosen later") + (use.Released ? ", released" : "");

    private static IEnumerable<Text> Cells(params string[] texts) => texts.Select(text => new Text(text));
}
