using System.Text.Json;
using Understudy.Privacy;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;

namespace Understudy.Cli.Tests;

public sealed class LedgerCommandTests : IDisposable
{
    private const NeighbouringRelation Relation = NeighbouringRelation.AddOrRemoveOne;

    private static readonly string First = new('a', 64);
    private static readonly string Second = new string('a', 8) + new string('b', 56);

    private readonly string folder = Directory.CreateTempSubdirectory("ledger").FullName;

    private string File => Path.Combine(folder, "ledger.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void ShowListsEveryDataSet()
    {
        Fill();

        var answer = Json("show", "--verify");

        Assert.Equal(File, answer.GetProperty("ledger").GetString());
        Assert.Equal(8, answer.GetProperty("verified").GetInt64());
        var accounts = answer.GetProperty("accounts");
        Assert.Equal([First, Second], accounts.EnumerateArray().Select(a => a.GetProperty("fingerprint").GetString()));
        // One Gaussian of σ = 1 at δ = 1e-5: Balle and Wang's exact value.
        Assert.Equal(4.3771780956812245, accounts[0].GetProperty("reserved").GetProperty("upper").GetDouble(), 1e-9);
        Assert.Equal(0, accounts[0].GetProperty("spent").GetProperty("upper").GetDouble());
        Assert.Equal(JsonValueKind.Null, accounts[1].GetProperty("spent").GetProperty("upper").ValueKind);

        var (code, text, error) = Run("show", "--verify");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("8 rows are what was written", text, StringComparison.Ordinal);
        Assert.Contains("4.3772", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ShowTellsAllAboutOneDataSet()
    {
        Fill();

        var answer = Json("show", First[..9]);

        Assert.Equal("image", answer.GetProperty("unit").GetString());
        Assert.Equal("addOrRemoveOne", answer.GetProperty("relation").GetString());
        Assert.Equal("""{"kind":"gaussian","noiseMultiplier":1}""", answer.GetProperty("reservations")[0].GetProperty("plans")[0].GetProperty("event").GetRawText());
        Assert.Equal("class counts", answer.GetProperty("unaccounted")[0].GetProperty("what").GetString());
        Assert.Equal("open", answer.GetProperty("rows")[0].GetProperty("entry").GetProperty("kind").GetString());
        var text = Run("show", First[..9]).Output;
        Assert.Contains("class counts", text, StringComparison.Ordinal);
        Assert.Contains("fixed in advance", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ACapIsSetLoweredAndRaised()
    {
        Assert.Equal(0, Run("cap", First, "--epsilon", "8", "--unit", "patient", "--delta", "1e-5", "--relation", "replace-one").Code);
        Assert.Equal(3, Json("cap", First, "--epsilon", "3").GetProperty("cap").GetDouble());

        Refused("the cap is 3; to raise it to 5 is an act of its own (ledger cap --raise)", "cap", First, "--epsilon", "5");
        Assert.Equal(5, Json("cap", First, "--epsilon", "5", "--raise").GetProperty("cap").GetDouble());

        var account = Json("show", First);
        Assert.Equal(("patient", "replaceOne"), (account.GetProperty("unit").GetString(), account.GetProperty("relation").GetString()));
        Assert.True(account.GetProperty("rows").EnumerateArray().Last().GetProperty("entry").GetProperty("isRaised").GetBoolean());
        using var ledger = PrivacyLedger.Open(File);
        Assert.Throws<LedgerException>(() => ledger.OpenAccount(Account(First), "run"));
    }

    [Fact]
    public void ExportWritesTheExtractAside()
    {
        Fill();
        var target = Path.Combine(folder, "extracts", "ledger.json");

        var answer = Json("export", First, "--output", target);

        Assert.Equal(Run("show", First, "--json").Output, System.IO.File.ReadAllText(target));
        Assert.Equal(5, answer.GetProperty("rows").GetInt32());
        Assert.Equal([target], Directory.GetFiles(Path.Combine(folder, "extracts")));
    }

    [Fact]
    public void ReleaseGivesBackWhatARunHolds()
    {
        Fill();

        Assert.Equal(0, Json("release", First, "--run", "run").GetProperty("reserved").GetProperty("upper").GetDouble());

        Refused($"data set {First[..12]}: run 'run' holds no reservation; 'ledger show {First[..12]}' lists them", "release", First, "--run", "run");
    }

    [Fact]
    public void AnEarlierExportShowsWhatIsGone()
    {
        Fill();
        var (kept, other) = (Path.Combine(folder, "kept.json"), Path.Combine(folder, "other.json"));
        Json("export", First, "--output", kept);
        Json("export", Second, "--output", other);
        using (var ledger = PrivacyLedger.Open(File)) ledger.RecordUnaccounted(Account(First), "run", "bounds", "none");
        Assert.Equal(0, Run("show", First, "--against", kept).Code);
        Refused($"{other}: is of data set {Second}, not of {First}", "show", First, "--against", other);
        Refused("--against needs the data set that was exported", "show", "--against", kept);
        Assert.Equal(2, Run("show", First, "--against", File).Code);
        Assert.Equal(2, Run("show", First, "--against", Path.Combine(folder, "none.json")).Code);

        // Whoever starts again with the same first row, or rebuilds the chain, is still found out.
        foreach (var file in Directory.GetFiles(folder, "ledger.db*")) System.IO.File.Delete(file);
        Fill();

        var (code, output, error) = Run("show", First, "--against", kept);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"error: data set {First}: the ledger was tampered with or set back: the 5 rows of {kept}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongQuestionsAreOneLine()
    {
        Refused($"{File}: there is no ledger; the first run that spends a privacy budget makes one", "show");
        Assert.False(System.IO.File.Exists(File));
        Fill();
        Refused($"{File}: no data set's fingerprint begins with 'c'; 'ledger show' lists them", "show", "c");
        Refused($"{File}: 2 fingerprints begin with 'aaa'; name more of its digits", "export", "aaa", "--output", "x.json");
        Refused("epsilon is -1; it must be 0 or more", "cap", First, "--epsilon", "-1");
        Refused("a data set that is not in the ledger yet needs --delta, well below 1 over its number of records", "cap", First, "--epsilon", "1", "--unit", "image");
        Refused($"the fingerprint is 'abc'; it must be a SHA-256 of 64 hexadecimal digits in lower case", "cap", "abc", "--epsilon", "1", "--unit", "image", "--delta", "1e-5");
    }

    [Fact]
    public void ABrokenLedgerIsAFailure()
    {
        Fill();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM ledger_row WHERE number = 2";
            command.ExecuteNonQuery();
        }

        var (code, output, error) = Run("show", "--verify");

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"error: data set {First}: the ledger was tampered with or damaged: row 3", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    private static LedgerAccount Account(string fingerprint) => new(fingerprint, "image", Relation, new Delta(1e-5));

    private void Fill()
    {
        using var ledger = PrivacyLedger.Open(File);
        ledger.RecordUnaccounted(Account(First), "run", "class counts", "sizes of the synthetic classes");
        ledger.Reserve(Account(First), "run", [new LedgerPlan("steps", new GaussianEvent(1), 2)]).Release();
        ledger.Reserve(Account(First), "run", [new LedgerPlan("steps", new GaussianEvent(1), 1)]);
        ledger.Reserve(Account(Second), "run", [new LedgerPlan("all", new NonPrivateEvent(), 1)]).Spend("all");
    }

    private void Refused(string message, params string[] args)
    {
        var (code, output, error) = Run(args);
        Assert.Equal((2, "", message + Environment.NewLine), (code, output, error));
    }

    private JsonElement Json(params string[] args)
    {
        var (code, output, error) = Run([.. args, "--json"]);
        Assert.Equal((0, ""), (code, error));
        return JsonDocument.Parse(output).RootElement;
    }

    private (int Code, string Output, string Error) Run(params string[] args) => Cli.Run(["ledger", .. args, "--ledger", File]);
}
