using System.Globalization;
using System.Text.Json;
using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Studies.Grids;

namespace Understudy.Cli;

/// <summary>What the verbs that work in a run's folder share.</summary>
internal static class RunFolder
{
    /// <summary>Starts a run of a study, in a fresh folder unless one is named.</summary>
    public static RunDirectory Start(CliContext cli, string studyPath, string? output, bool resume)
    {
        if (resume && output is null) throw new InputException("--resume needs --output: the folder of the run to go on with");
        var study = StudyFile.Read(studyPath);
        var run = RunDirectory.Start(output ?? Fresh(study.Name, cli.Time), study, resume);
        cli.ResumeHint = $"understudy run {studyPath} --output {Path.GetRelativePath(Environment.CurrentDirectory, run.Path)} --resume";
        return run;
    }

    /// <summary>Does all that is left to do, and shows the figures.</summary>
    public static int Complete(CliContext cli, RunDirectory run, bool json)
    {
        var metrics = cli.WithProgress(progress =>
        {
            using var ledger = PrivacyLedger.Open(LedgerLocation.Default, cli.Time);
            using var pipeline = new Pipeline(run, ledger, cli.Time, progress, cli.Cancellation) { Workers = WorkCommand.Self() };
            return pipeline.Run();
        });
        Show(cli, run, metrics, json);
        return Failed(cli, metrics.Grid?.Failures ?? []);
    }

    /// <summary>Does one stage, and says where its files are.</summary>
    public static int Stage(CliContext cli, RunDirectory run, bool json, Action<Pipeline> work)
    {
        cli.WithProgress(progress =>
        {
            using var ledger = PrivacyLedger.Open(LedgerLocation.Default, cli.Time);
            using var pipeline = new Pipeline(run, ledger, cli.Time, progress, cli.Cancellation) { Workers = WorkCommand.Self() };
            work(pipeline);
            return true;
        });
        if (json) cli.WriteJson(new { Output = run.Path });
        else cli.Output.WriteLine($"done, in {run.Path}");
        return Failed(cli, run.Failures());
    }

    /// <summary>Works with what a run has made.</summary>
    public static T Use<T>(CliContext cli, string path, Func<Pipeline, T> work)
    {
        using var run = RunDirectory.Open(path);
        return cli.WithProgress(progress =>
        {
            using var ledger = PrivacyLedger.Open(LedgerLocation.Default, cli.Time);
            using var pipeline = new Pipeline(run, ledger, cli.Time, progress, cli.Cancellation);
            return work(pipeline);
        });
    }

    /// <summary>Shows the figures and says where the report is.</summary>
    public static void Show(CliContext cli, RunDirectory run, StudyMetrics metrics, bool json)
    {
        if (json)
        {
            var document = JsonSerializer.SerializeToNode(metrics, JsonText.Options)!.AsObject();
            document["report"] = run.ReportFile;
            cli.WriteJson(document);
            return;
        }
        cli.WriteTable(ResultTable.Of(metrics));
        cli.Output.WriteLine($"report: {run.ReportFile}");
    }

    /// <summary>Says what failed in the cells of a grid; the exit code that tells of it.</summary>
    private static int Failed(CliContext cli, IReadOnlyList<GridFailure> failures)
    {
        foreach (var failure in failures.Where(failure => !failure.IsConsequence)) cli.Error.WriteLine($"failed: {failure.Stage} of {failure.Subject}: {failure.Why}");
        var waiting = failures.Count(failure => failure.IsConsequence);
        if (waiting > 0) cli.Error.WriteLine($"{waiting} more pieces need those that failed; the report lists them");
        if (failures.Count > 0 && cli.ResumeHint is { } hint) cli.Error.WriteLine($"once that is mended, do what failed again: {hint}");
        return failures.Count > 0 ? 1 : 0;
    }

    private static string Fresh(string name, TimeProvider time)
    {
        var stamped = Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{name}-{time.GetLocalNow():yyyyMMdd-HHmmss}"));
        return Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? stamped : $"{stamped}-{i}").First(path => !Path.Exists(path));
    }
}
