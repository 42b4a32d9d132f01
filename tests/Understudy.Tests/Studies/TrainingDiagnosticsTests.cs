using System.Globalization;
using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Studies;

public sealed class TrainingDiagnosticsTests
{
    /// <summary>A generator that hardly learns is found out, one that nobody holds back is told apart less well.</summary>
    [Fact]
    public void Every_checkpoint_says_how_the_players_stand()
    {
        var losing = Diagnosed(learningRateD: 2e-3, learningRateG: 1e-6);
        var winning = Diagnosed(learningRateD: 1e-6, learningRateG: 2e-3);
        Assert.Equal([30, 60, 80], losing.Select(row => row[0]));
        Assert.InRange(losing[^1][1], 0.95, 1);
        Assert.True(winning[^1][1] < losing[^1][1], $"{winning[^1][1]} against {losing[^1][1]}");
        Assert.All(losing.Concat(winning), row => Assert.True(row[2] > 0 && row[3] > 0));
    }

    [Fact]
    public void A_training_stopped_and_resumed_says_the_same()
    {
        using var unbroken = new TempFolder();
        using var broken = new TempFolder();
        Fit(unbroken, new FitContext(unbroken.Path, 1));
        using var stop = new CancellationTokenSource();
        var stopping = new Relay(progress => { if (progress.Done >= 50) stop.Cancel(); });
        Assert.Throws<OperationCanceledException>(() => Fit(broken, new FitContext(broken.Path, 1, stopping, stop.Token)));
        Fit(broken, new FitContext(broken.Path, 1));
        // The checkpoint of the interruption has a line of its own.
        Assert.Equal(File.ReadAllLines(unbroken[JudgingGan.DiagnosticsFile]), File.ReadAllLines(broken[JudgingGan.DiagnosticsFile]).Where(line => !line.StartsWith("50,", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_report_says_which_trainings_ended_early()
    {
        using var folder = new TempFolder();
        NpzFile.Write(Images.Noise(60, 1, 28, 28, classes: 2), folder["images.npz"]);
        folder.Write("study.yaml", """
            name: diagnosed
            data: { path: images.npz }
            splits: { members: 0.5, nonMembers: 0.2, reference: 0.1, test: 0.2 }
            methods:
              - { name: fcgan, steps: 2, batchSize: 8, width: 2, latentSize: 4 }
              - { name: lapgan, steps: 2, batchSize: 8, width: 4, latentSize: 4 }
              - { name: pca, components: 2 }
            sampling: { count: 20 }
            classification: { network: cnn, steps: 2, batchSize: 8 }
            """);
        using var run = RunDirectory.Start(folder["run"], StudyFile.Read(folder["study.yaml"]), resume: false);
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        using (var pipeline = new Pipeline(run, ledger, TimeProvider.System)) pipeline.Run();

        var rows = Rows();
        Assert.Equal(["fcgan", "lapgan"], rows.Select(row => row[0].Text));
        Assert.All(rows, row => Assert.Equal((2.0, 2.0, "no"), (row[1].Value!.Value, row[2].Value!.Value, row[3].Text)));
        Assert.InRange(rows[0][4].Value!.Value, 0, 1);
        Assert.Equal("–", rows[1][4].Text);

        File.WriteAllLines(folder["run/generation/fcgan/losses.csv"], File.ReadAllLines(folder["run/generation/fcgan/losses.csv"]).Take(2));
        Assert.Equal((1.0, "yes"), (Rows()[0][1].Value!.Value, Rows()[0][3].Text));

        IReadOnlyList<IReadOnlyList<ReportCell>> Rows() => Assert.Single(RunReport.Write(run, TimeProvider.System).Sections, section => section.Id == "diagnostics").Tables[0].Rows;
    }

    private static double[][] Diagnosed(double learningRateD, double learningRateG)
    {
        using var folder = new TempFolder();
        Fit(folder, new FitContext(folder.Path, 1), learningRateD, learningRateG);
        return [.. File.ReadLines(folder[JudgingGan.DiagnosticsFile]).Skip(1).Select(line => Array.ConvertAll(line.Split(','), cell => double.Parse(cell, CultureInfo.InvariantCulture)))];
    }

    private static void Fit(TempFolder folder, FitContext context, double learningRateD = 1e-3, double learningRateG = 1e-3)
    {
        var members = Images.Noise(64, 1, 6, 6);
        using var gan = new FcGan(
            new PlainGanOptions { Steps = 80, CheckpointEvery = 30, BatchSize = 16, Width = 4, LatentSize = 4, EmaDecay = 0.5, LearningRateD = learningRateD, LearningRateG = learningRateG }, members.Shape, []);
        gan.Fit(members.Private(folder), context);
    }

    private sealed class Relay(Action<StageProgress> report) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => report(value);
    }
}
