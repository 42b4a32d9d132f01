using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Understudy.Data;
using Understudy.Studies;

namespace Understudy.Cli.Tests;

/// <summary>A grid through the command line: worker processes, kills, a failing cell, a release, a comparison.</summary>
public sealed class GridTests : IDisposable
{
    private const int Kills = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-grid-").FullName;
    private readonly string _study;

    public GridTests()
    {
        _study = Path.Combine(_folder, "study.yaml");
        File.WriteAllText(_study, $$"""
            name: tiny
            data: { path: {{Path.Combine(Source.Root, "data", "pneumoniamnist", "pneumoniamnist.npz")}} }
            splits: { members: 96, nonMembers: 64, reference: 48, test: official }
            methods: [ { name: cgan, steps: 6, batchSize: 16, width: 8, latentSize: 16, checkpointEvery: 2 } ]
            classification: { network: cnn, steps: 3, batchSize: 16 }
            attacks: [ { name: gan-leaks } ]
            grid:
              seeds: [1, 2]
              classifiers: [ { network: nearestNeighbours } ]
              releases: [ dataset, classifier ]
              workers: 2
            """);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void KilledWithItsWorkersAgainAndAgainItEndsWithTheFiguresOfAnUnbrokenRun()
    {
        var (whole, broken) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "broken"));
        using (var unbroken = Start("run", _study, "--output", whole)) Assert.Equal(0, Finish(unbroken).Code);
        for (var i = 0; i < Kills; i++)
        {
            using var process = Start("run", _study, "--output", broken, "--resume");
            for (var line = process.StandardError.ReadLine(); line is not null && !line.Contains(" 0/1", StringComparison.Ordinal); line = process.StandardError.ReadLine())
            {
            }
            process.Kill();
            process.WaitForExit();
        }
        using (var last = Start("run", _study, "--output", broken, "--resume")) Assert.Equal(0, Finish(last).Code);

        Assert.Equal(2, MostAtATime(whole));
        Assert.Equal(Grid(whole), Grid(broken));
        Assert.Empty(Directory.EnumerateFiles(broken, "*.tmp", SearchOption.AllDirectories));
        var (code, output, _) = Cli.Run("report", whole, "--compare", broken, "--json");
        Assert.Equal(0, code);
        var compared = JsonNode.Parse(output)!["rows"]!.AsArray();
        Assert.All(compared, row => Assert.Equal(row!["utility"]![0]!["value"]!.GetValue<double>(), row["utility"]![1]!["value"]!.GetValue<double>()));

        var released = Path.Combine(_folder, "released");
        Assert.Equal(0, Cli.Run("release", whole, "cgan+s1+plain", "--output", released).Code);
        Assert.Equal(96, NpzFile.Read(Path.Combine(released, "samples.npz")).Train.Count);
        Assert.Contains("Covered by no guarantee: cgan+s1: ", File.ReadAllText(Path.Combine(released, "card.md")), StringComparison.Ordinal);
        (code, _, var error) = Cli.Run("release", whole, "cgan+s1+plain", "--output", released);
        Assert.Equal((2, $"{released} is there already; name a new folder\n"), (code, error));
    }

    [Fact]
    public void AFailingCellIsToldOfInTheExitCodeAndTheRestIsReported()
    {
        // A generator that does not learn makes classes that nobody can tell apart with such certainty.
        File.WriteAllText(_study, File.ReadAllText(_study)
            .Replace("latentSize: 16", "latentSize: 16, learningRateG: 1e-8", StringComparison.Ordinal)
            .Replace("workers: 2", "samplers: [ { id: plain }, { id: deaf, rejection: { probability: 0.999999 } } ]\n  workers: 1", StringComparison.Ordinal));
        var run = Path.Combine(_folder, "run");
        var (code, _, error) = Cli.Run("run", _study, "--output", run);
        Assert.Equal(1, code);
        Assert.Contains("failed: sampling of cgan+s1+deaf: the filters of sampler 'deaf' leave", error, StringComparison.Ordinal);
        Assert.Contains("more pieces need those that failed", error, StringComparison.Ordinal);
        Assert.Contains("once that is mended, do what failed again: understudy run ", error, StringComparison.Ordinal);
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "metrics.json")));
        Assert.True(metrics.RootElement.GetProperty("grid").GetProperty("rows").GetArrayLength() >= 3);
        Assert.True(File.Exists(Path.Combine(run, "report.html")));
    }

    /// <summary>The most trainings of generators that were under way at the same time.</summary>
    private static int MostAtATime(string run) => File.ReadLines(Path.Combine(run, "events.jsonl")).Select(line => JsonNode.Parse(line)!)
        .Where(happened => happened["stage"]?.GetValue<string>() == "generation")
        .Select(happened => happened["event"]!.GetValue<string>())
        .Aggregate((Now: 0, Most: 0), (count, what) =>
        {
            var now = count.Now + (what == "started" ? 1 : what == "finished" ? -1 : 0);
            return (now, Math.Max(now, count.Most));
        }).Most;

    private static string Grid(string run) => JsonNode.Parse(File.ReadAllText(Path.Combine(run, "metrics.json")))!["grid"]!.ToJsonString();

    /// <summary>Starts the executable, as the launcher does.</summary>
    private static Process Start(params string[] args) => Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Understudy.Cli"), args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static (int Code, string Error) Finish(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        output.GetAwaiter().GetResult();
        return (process.ExitCode, error);
    }
}
