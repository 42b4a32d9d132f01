using System.CommandLine;
using Understudy.Cli.Account;
using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;

namespace Understudy.Cli.Ledger;

internal static class LedgerCommand
{
    public static Command Create(CliContext cli) => new("ledger", "What has been spent on private data sets, and what may be")
    {
        ShowVerb(cli),
        CapVerb(cli),
        ReleaseVerb(cli),
        ExportVerb(cli),
    };

    private static Command ShowVerb(CliContext cli)
    {
        var o = new LedgerOptions();
        var dataSet = LedgerOptions.DataSet("; without it, one line for each data set");
        dataSet.Arity = ArgumentArity.ZeroOrOne;
        var verify = new Option<bool>("--verify") { Description = "Check every row of every data set against its hash first" };
        var against = new Option<string?>("--against") { Description = "An earlier export of the data set: fails if rows that it has are gone" };
        var verb = new Command("show", "What is spent, reserved and read without a guarantee") { dataSet, o.Location, verify, against };
        verb.SetAction(parse => Ask(() =>
        {
            using var ledger = o.Open(parse);
            long? verified = parse.GetValue(verify) ? ledger.Verify() : null;
            var asked = parse.GetValue(dataSet);
            var extracts = (asked is null ? ledger.Fingerprints() : [LedgerOptions.Find(ledger, asked)]).Select(ledger.Extract).ToArray();
            if (parse.GetValue(against) is { } earlier)
                EarlierExtract.Check(asked is null ? throw new InputException("--against needs the data set that was exported") : extracts[0], earlier);
            if (parse.GetValue(cli.Json))
            {
                if (asked is not null) cli.WriteJson(extracts[0]);
                else cli.WriteJson(new { ledger = ledger.Location, verified, accounts = extracts.Select(LedgerTables.Summary) });
                return;
            }
            if (asked is not null) LedgerTables.Write(cli, extracts[0]);
            else cli.WriteTable(LedgerTables.Accounts(extracts));
            if (verified is { } rows) cli.Output.WriteLine($"{rows} rows are what was written");
        }));
        return verb;
    }

    private static Command CapVerb(CliContext cli)
    {
        var o = new LedgerOptions();
        var account = new AccountOptions();
        var dataSet = LedgerOptions.DataSet();
        var epsilon = new Option<double>("--epsilon") { Description = "The epsilon that its runs together may not pass", Required = true };
        var raise = new Option<bool>("--raise") { Description = "Raise the cap; the ledger shows that it was raised" };
        var unit = new Option<string?>("--unit") { Description = "For a data set that is not in the ledger yet: what one record stands for, as image or patient" };
        var delta = new Option<double?>("--delta") { Description = "For such a data set: the delta at which its totals are stated" };
        var verb = new Command("cap", "Set, lower or raise what may be spent on a data set") { dataSet, epsilon, raise, unit, delta, account.Relation, o.Location };
        verb.SetAction(parse => Ask(() =>
        {
            using var ledger = parse.GetValue(unit) is null ? o.Open(parse) : o.OpenOrMake(parse);
            var cap = new Epsilon(parse.GetValue(epsilon));
            var asked = parse.GetRequiredValue(dataSet);
            var user = Environment.UserName;
            if (parse.GetValue(unit) is { } named)
            {
                var stated = parse.GetValue(delta) ?? throw new InputException("a data set that is not in the ledger yet needs --delta, well below 1 over its number of records");
                ledger.OpenAccount(new LedgerAccount(asked, named, account.RelationOf(parse), new Delta(stated)), user);
            }
            var fingerprint = LedgerOptions.Find(ledger, asked);
            if (parse.GetValue(raise)) ledger.RaiseCap(fingerprint, cap, user);
            else ledger.SetCap(fingerprint, cap, user);
            var extract = ledger.Extract(fingerprint);
            if (parse.GetValue(cli.Json)) cli.WriteJson(LedgerTables.Summary(extract));
            else cli.Output.WriteLine($"data set {fingerprint[..12]}: the cap is epsilon {cap}; {LedgerTables.Show(extract.Reserved.Upper)} is reserved");
        }));
        return verb;
    }

    private static Command ReleaseVerb(CliContext cli)
    {
        var o = new LedgerOptions();
        var dataSet = LedgerOptions.DataSet();
        var run = new Option<string>("--run") { Description = "The run's name, as 'ledger show' gives it; if it still trains, it will stop", Required = true };
        var verb = new Command("release", "Give back what a run that will not go on has reserved and not spent") { dataSet, run, o.Location };
        verb.SetAction(parse => Ask(() =>
        {
            using var ledger = o.Open(parse);
            var fingerprint = LedgerOptions.Find(ledger, parse.GetRequiredValue(dataSet));
            var name = parse.GetRequiredValue(run);
            var held = ledger.FindReservation(fingerprint, name)
                ?? throw new InputException($"data set {fingerprint[..12]}: run '{name}' holds no reservation; 'ledger show {fingerprint[..12]}' lists them");
            held.Release();
            var extract = ledger.Extract(fingerprint);
            if (parse.GetValue(cli.Json)) cli.WriteJson(LedgerTables.Summary(extract));
            else cli.Output.WriteLine($"data set {fingerprint[..12]}: {LedgerTables.Show(extract.Reserved.Upper)} is reserved, {LedgerTables.Show(extract.Spent.Upper)} of it spent");
        }));
        return verb;
    }

    private static Command ExportVerb(CliContext cli)
    {
        var o = new LedgerOptions();
        var dataSet = LedgerOptions.DataSet();
        var output = new Option<string>("--output") { Description = "JSON file to write", Required = true };
        var verb = new Command("export", "Write all that the ledger holds about a data set") { dataSet, output, o.Location };
        verb.SetAction(parse => Ask(() =>
        {
            using var ledger = o.Open(parse);
            var extract = ledger.Extract(LedgerOptions.Find(ledger, parse.GetRequiredValue(dataSet)));
            var target = parse.GetRequiredValue(output);
            try
            {
                AtomicFile.WriteText(target, JsonText.Write(extract) + "\n");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InputException($"{target}: cannot be written: {e.Message}", e);
            }
            if (parse.GetValue(cli.Json)) cli.WriteJson(new { output = target, rows = extract.Rows.Count, head = extract.Head });
            else cli.Output.WriteLine($"{extract.Rows.Count} rows in {target}; the last row's hash is {extract.Head}");
        }));
        return verb;
    }

    /// <summary>What a ledger refuses, the user can mend; not so a ledger that was tampered with.</summary>
    private static int Ask(Action work) => AccountOptions.Ask(() =>
    {
        try
        {
            work();
            return 0;
        }
        catch (LedgerException e) when (e is not LedgerIntegrityException)
        {
            throw new InputException(e.Message, e);
        }
    });
}
