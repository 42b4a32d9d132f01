using System.CommandLine;
using System.Text.Json;
using Understudy.Data;

namespace Understudy.Cli.Tests;

/// <summary>With <c>--json</c> every verb prints one JSON document on standard output and nothing else, whether it succeeds or fails.</summary>
public sealed class JsonTests : IDisposable
{
    private static readonly string Smoke = Path.Combine(Source.Root, "samples", "smoke.yaml");
    private static readonly string Data = Path.Combine(Source.Root, "data", "pneumoniamnist", "pneumoniamnist.npz");

    /// <summary>A call of each verb, in an order in which each finds what it needs, and its exit code; <c>@</c> is the test's folder.</summary>
    private static readonly (string Line, int Code)[] Calls =
    [
        ("methods", 0),
        ("data inspect DATA", 0),
        ("data convert DATA @/converted.npz", 0),
        ("data fetch", 0),
        ("account epsilon --sigma 1 --delta 1e-5", 0),
        ("account delta --sigma 1 --epsilon 1", 0),
        ("account noise --epsilon 1 --delta 1e-5", 0),
        ("account steps --sigma 20 --epsilon 1 --delta 1e-5", 0),
        ("account roc --sigma 1", 0),
        ("account table --input @/table.csv --output @/answers.csv", 0),
        ("ledger cap FINGERPRINT --epsilon 1 --unit image --delta 1e-5 --ledger @/ledger.db", 0),
        ("ledger show --ledger @/ledger.db", 0),
        ("ledger release FINGERPRINT --run x --ledger @/ledger.db", 2),
        ("ledger export FINGERPRINT --output @/export.json --ledger @/ledger.db", 0),
        ("train SMOKE --output @/run", 0),
        ("sample @/run", 0),
        ("evaluate @/run", 0),
        ("attack @/run", 0),
        ("report @/run", 0),
        ("report @/run --compare @/run", 0),
        ("run SMOKE --output @/run --resume", 0),
        ("run SMOKE --output @/run", 2),
        ("walk @/run --method nobody --output @/walks", 2),
        ("invert @/run acgan @/converted.npz --iterations 1 --restarts 1 --class nobody --output @/inverted", 2),
        ("edit @/run --images DATA --to 1 --output @/edited", 2),
        ("release @/run x --output @/released", 2),
        ("demo --output @/run", 2),
        ("bench", 0), // minutes, and so not called here
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-json-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryVerbHasACall()
    {
        var lines = Calls.Select(call => call.Line + " ").ToArray();
        Assert.All(Verbs(Root()), verb => Assert.Contains(lines, line => line.StartsWith(verb + " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void EveryVerbPrintsOneDocumentWhetherItSucceedsOrNot()
    {
        File.WriteAllText(Path.Combine(_folder, "table.csv"), "mechanism,q,sigma,steps,delta\nGaussian,1,1,1,1e-5\n");
        foreach (var (line, expected) in Calls.Where(call => !call.Line.StartsWith("bench", StringComparison.Ordinal)))
        {
            var (code, output, error) = Cli.Run([.. Arguments(line), "--json"]);

            Assert.True(code == expected, $"{line}: {code}, {error}");
            AssertDocument(line, code, output);
        }
    }

    [Fact]
    public void WrongCommandLinesPrintOneDocumentToo()
    {
        foreach (var line in Verbs(Root()).Select(verb => $"{verb} --no-such-option").Concat(["", "metods", "data", "account", "ledger", "ledger show nobody --ledger @/none.db"]))
        {
            var (code, output, error) = Cli.Run([.. Arguments(line), "--json"]);

            Assert.True(code == 2, $"{line}: {code}, {error}");
            AssertDocument(line, code, output);
            Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public void WithoutJsonAnErrorLeavesStandardOutputEmpty() => Assert.Equal((2, ""), (Cli.Run("data", "inspect", "/no/where") is var (code, output, _) ? (code, output) : default));

    private static void AssertDocument(string line, int code, string output)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(output); // refuses a second one
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"{line}: {exception.Message} in: {output}", exception);
        }
        using (document)
        {
            if (code == 0) return;
            Assert.Equal(code, document.RootElement.GetProperty("exitCode").GetInt32());
            Assert.NotEqual("", document.RootElement.GetProperty("error").GetString());
        }
    }

    private string[] Arguments(string line) =>
        [.. line.Replace("@", _folder, StringComparison.Ordinal).Replace("SMOKE", Smoke, StringComparison.Ordinal).Replace("DATA", Data, StringComparison.Ordinal).Replace("FINGERPRINT", new string('a', 64), StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static Command Root() => CommandLine.Root(new CliContext(TextWriter.Null, TextWriter.Null, isTerminal: false, TimeProvider.System, CancellationToken.None));

    /// <summary>The full names of the verbs that do something; those that only the program itself calls are left out.</summary>
    private static IEnumerable<string> Verbs(Command command, string path = "") => command.Subcommands.Where(verb => !verb.Hidden)
        .SelectMany(verb => verb.Subcommands.Count == 0 ? [path + verb.Name] : Verbs(verb, $"{path}{verb.Name} "));
}
