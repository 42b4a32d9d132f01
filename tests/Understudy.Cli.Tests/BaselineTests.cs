using System.Text.Json;
using Understudy.Data;
using Understudy.Privacy.Ledger;

namespace Understudy.Cli.Tests;

/// <summary>A study with a classifier trained by DP-SGD, from its file to the report.</summary>
public sealed class BaselineTests : IDisposable
{
    private const double Epsilon = 3;
    private const int Steps = 3;
    private const string Title = "real, dp-sgd (ε = 3)";

    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-baseline-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheClassifierUnderDpSgdIsTrainedOnceAndShownBesideTheOthers()
    {
        var (study, run) = (Study(batchSize: 32), Path.Combine(_folder, "run"));

        var (code, output, error) = Cli.Run("run", study, "--output", run);

        Assert.True(code == 0, error);
        Assert.Contains(Title, output, StringComparison.Ordinal);
        Assert.Contains($"| {Title} | accuracy |", Text(run, "card.md"), StringComparison.Ordinal);
        Assert.Contains("Trained on the real images by dp-sgd, which is (ε = ", Text(run, "card.md"), StringComparison.Ordinal);
        Assert.Contains("## Differential-privacy certificate: dp-sgd", Text(run, "card.md"), StringComparison.Ordinal);
        Assert.Contains("| dp-sgd | choice of options", Text(run, "card.md"), StringComparison.Ordinal);
        Assert.Contains("real, dp-sgd (\\u03B5 = 3)", Text(run, "report.html"), StringComparison.Ordinal);
        using (var metrics = JsonDocument.Parse(Text(run, "metrics.json")))
        {
            var baselines = metrics.RootElement.GetProperty("baselines");
            Assert.Equal(["real", "dp-sgd"], baselines.EnumerateObject().Select(baseline => baseline.Name));
            var certificate = baselines.GetProperty("dp-sgd").GetProperty("certificate");
            Assert.InRange(certificate.GetProperty("epsilon").GetDouble(), 0.99 * Epsilon, Epsilon);
            Assert.Equal([Steps], certificate.GetProperty("stepsSpent").EnumerateArray().Select(steps => steps.GetInt32()));
            Assert.Equal("accuracy", baselines.GetProperty("dp-sgd").GetProperty("utility")[0].GetProperty("name").GetString());
        }
        // Reserved before the method spent anything, so that the two are judged together.
        var (isFixedInAdvance, spent) = Use(run);
        Assert.True(isFixedInAdvance);
        Assert.Equal(Steps, spent.Spent);

        // Its figures lost, they come again from the checkpoint, and nothing is spent for them.
        var predictions = Text(run, "classification", "dp-sgd", "predictions.csv");
        File.Delete(Path.Combine(run, "classification", "dp-sgd", "metrics.json"));
        File.Delete(Path.Combine(run, "classification", "dp-sgd", "predictions.csv"));
        Assert.Equal(0, Cli.Run("run", study, "--output", run, "--resume").Code);
        Assert.Equal(predictions, Text(run, "classification", "dp-sgd", "predictions.csv"));
        Assert.Equal((true, spent), Use(run));
    }

    [Fact]
    public void ABatchLargerThanTheDataIsRefusedBeforeAnyWork()
    {
        var run = Path.Combine(_folder, "run");

        var (code, _, error) = Cli.Run("run", Study(batchSize: 65), "--output", run);

        Assert.Equal((2, "'batchSize' is 65 in baselines (dp-sgd), and there are 64 members; lower it\n"), (code, error));
        Assert.False(Directory.Exists(Path.Combine(run, "generation")));
    }

    private static string Text(params string[] path) => File.ReadAllText(Path.Combine(path));

    /// <summary>What the ledger says of the baseline of that run.</summary>
    private static (bool IsFixedInAdvance, LedgerPlanUse Plan) Use(string run)
    {
        using var data = JsonDocument.Parse(Text(run, "data.json"));
        using var ledger = PrivacyLedger.Open(LedgerLocation.Default);
        var extract = ledger.Extract(data.RootElement.GetProperty("fingerprint").GetString()!);
        var use = extract.Reservations.Single(use => use.Run == $"{data.RootElement.GetProperty("runId").GetString()}/dp-sgd");
        return (use.FixedInAdvance, use.Plans.Single());
    }

    private string Study(int batchSize)
    {
        var shape = new ImageShape(1, 28, 28);
        var pixels = new byte[160 * shape.Length];
        new Random(1).NextBytes(pixels);
        var images = new ImageSet(shape, pixels, [.. Enumerable.Range(0, 160).Select(i => i % 2)], ["a", "b"]);
        var path = Path.Combine(_folder, "study.yaml");
        NpzFile.Write(images, Path.Combine(_folder, "noise.npz"));
        File.WriteAllText(path, $$"""
            name: baseline
            data: { path: noise.npz }
            splits: { members: 64, nonMembers: 32, reference: 32, test: 32 }
            methods: [ { name: dp-merf, steps: 2, batchSize: 16, features: 20, latentSize: 8 } ]
            baselines: [ { name: dp-sgd, epsilon: {{Epsilon}}, steps: {{Steps}}, batchSize: {{batchSize}} } ]
            sampling: { count: 32 }
            classification: { steps: 2, batchSize: 16 }
            """);
        return path;
    }
}
