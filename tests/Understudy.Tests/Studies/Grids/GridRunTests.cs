using System.Text.Json;
using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Studies.Grids;
using Understudy.Tests.Data;
using Understudy.Training;

namespace Understudy.Tests.Studies.Grids;

/// <summary>A whole grid in one process, on noise: what it does, not what it finds.</summary>
public sealed class GridRunTests : IDisposable
{
    private const string Study = """
        name: small
        data: { path: data.npz }
        splits: { members: 60, nonMembers: 60, reference: 40, test: 40 }
        methods:
          - { name: dp-merf, steps: 2, features: 50 }
          - { name: dp-cgan, steps: 2, width: 8, id: too-large }
        baselines: [ { name: dp-sgd, steps: 2, batchSize: 16 } ]
        classification: { network: mlp, steps: 2, batchSize: 16 }
        attacks: [ { name: gan-leaks } ]
        grid:
          budgets: [2]
          seeds: [1, 2]
          samplers:
            - { id: plain }
            - { id: all, balance: uniform, truncation: 1, voting: { epsilon: 3 }, kSame: 2 }
            - { id: near, nearCopies: 0.2, balance: members }
          classifiers: [ { network: nearestNeighbours }, { network: mlp, steps: 2 } ]
          releases: [dataset, generator, classifier]
          selection: { epsilon: 0.5 }
          outputNoise: [1]
          shadows: 2
        """;

    private readonly TempFolder _folder = new();

    public GridRunTests() => NpzFile.Write(Images.Noise(200, height: 16, width: 16, classes: 2), _folder["data.npz"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_failing_method_is_told_of_and_the_rest_is_done()
    {
        var study = StudyFile.Read(_folder.Write("study.yaml", Study));
        var metrics = Run(study, resume: false);
        var grid = metrics.Grid!;

        var first = grid.Failures[0];
        Assert.Equal(("generation", "too-large+e2+s1", false), (first.Stage, first.Subject, first.IsConsequence));
        Assert.Contains("convolutional networks take", first.Why, StringComparison.Ordinal);
        Assert.All(grid.Failures, failure => Assert.StartsWith("too-large", failure.Subject, StringComparison.Ordinal));
        Assert.Equal(grid.Total, grid.Done + grid.Failures.Count);

        // What a release costs: training 2, votes 3, the choice 0.5, composed.
        var rows = grid.Rows.Where(row => row.Key.Method == "dp-merf").ToArray();
        Assert.Equal(2, Epsilon("plain", null), 1e-3);
        Assert.Equal(2, Epsilon(null, null), 1e-3);
        Assert.InRange(Epsilon("all", null), 3, 5);
        Assert.InRange(Epsilon("plain", "chosen by val"), 2.0001, 2.5);
        Assert.Equal(Epsilon("plain", null), Epsilon("plain", "chosen by syn"), 1e-12);
        Assert.All(rows.Where(row => row.Key.Sampler == "near" || row.Key.Classifier == "chosen by sen"), row => Assert.Null(row.Guarantee!.Epsilon));
        Assert.Contains(rows.Single(row => row.Key is { Sampler: "near", Release: ReleaseKind.Dataset }).Guarantee!.Uncovered, read => read.Contains("numbers of members in each class", StringComparison.Ordinal));
        Assert.Null(grid.Rows.Single(row => row.Key is { Method: "real", Classifier: "mlp", Mitigation: null }).Guarantee!.Epsilon);
        Assert.Equal(2, grid.Rows.Single(row => row.Key is { Method: "dp-sgd", Mitigation: null }).Guarantee!.Epsilon!.Value, 1e-2);

        // Means of two images each: half as many.
        Assert.InRange(NpzFile.Read(_folder["run/sampling/dp-merf+e2+s1+all/samples.npz"]).Train.Count, 55, 60);
        Assert.Equal(240, NpzFile.Read(_folder["run/sampling/dp-merf+e2+s1~all/samples.npz"]).Train.Count);
        var attacked = grid.Rows.Single(row => row.Key is { Method: "dp-merf", Sampler: "plain", Classifier: "mlp", Mitigation: null }).Cells;
        Assert.Equal(["loss", "entropy", "label-only", "quantile", "lira", "lira-offline", "rmia"], attacked[0].Attacks.Select(attack => attack.Name));
        Assert.Equal(["loss", "entropy", "label-only", "quantile"], attacked[1].Attacks.Select(attack => attack.Name));

        // One attack on images, two seeds: the larger of two bounds is wrong with a chance of 0.05.
        var bound = rows.Single(row => row.Key is { Sampler: "plain", Release: ReleaseKind.Dataset }).Cells[0].Attacks.Single().Metrics.Single(metric => metric.Name == "epsilon lower bound");
        Assert.Contains("significance 0.025", bound.Note, StringComparison.Ordinal);

        // Features come from a convolutional network of as many steps as the study's classifier.
        Assert.StartsWith("2,", File.ReadAllLines(_folder["run/classification/_features/losses.csv"])[^1], StringComparison.Ordinal);

        foreach (var section in metrics.Sections) Assert.All(section.Tables, table => Assert.True(File.Exists(_folder[$"run/sections/{section.Id}/{table.Name}.csv"])));
        Assert.Equal(4, Verdict.Of(metrics).Count(finding => finding.Answers.Count == 1 && finding.Question != "What must not be released?"));
        Assert.Contains("leaderboard", File.ReadAllText(_folder["run/report.html"]), StringComparison.Ordinal);

        // Nothing is done twice, and the same figures come out.
        var told = new List<StageProgress>();
        var again = Run(study, resume: true, told);
        Assert.DoesNotContain(told, progress => progress.Row?.StartsWith("worker", StringComparison.Ordinal) == true && !progress.Subject.StartsWith("too-large", StringComparison.Ordinal));
        Assert.Equal(JsonSerializer.Serialize(grid, JsonText.Options), JsonSerializer.Serialize(again.Grid, JsonText.Options));

        // Another ledger knows nothing of what was trained, which is no reason to call it free.
        var elsewhere = Run(study, resume: true, ledgerName: "another.db").Grid!;
        Assert.All(elsewhere.Rows, row => Assert.Null(row.Guarantee!.Epsilon));

        double Epsilon(string? sampler, string? classifier) =>
            rows.First(row => row.Key.Sampler == sampler && row.Key.Mitigation is null && (classifier is null ? row.Key.Classifier is null : row.Key.Classifier == classifier)).Guarantee!.Epsilon!.Value;
    }

    private StudyMetrics Run(Study study, bool resume, List<StageProgress>? told = null, string ledgerName = "ledger.db")
    {
        using var run = RunDirectory.Start(_folder["run"], study, resume);
        using var ledger = PrivacyLedger.Open(_folder[ledgerName]);
        using var pipeline = new Pipeline(run, ledger, TimeProvider.System, told is null ? null : new Told(told), TestContext.Current.CancellationToken);
        return pipeline.Run();
    }

    private sealed class Told(List<StageProgress> all) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => all.Add(value);
    }
}
