using System.Diagnostics;
using Understudy.Studies;

namespace Understudy.Cli.Tests;

/// <summary>The program as a process of its own, killed and interrupted.</summary>
public sealed class KillTests : IDisposable
{
    /// <summary>In which stage each kill comes, so that none is passed over; the report is what follows the last attack.</summary>
    private static readonly string[] Kills =
        ["generation", "generation", "generation", "sampling", "classification", "classification", "fidelity", "memorisation", "attacks", "attacks", "report"];

    private static readonly string Smoke = Path.Combine(Source.Root, "samples", "smoke.yaml");

    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void RunKilledInEveryStageGivesTheFiguresOfAnUnbrokenOne()
    {
        var (whole, broken) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "broken"));
        using (var unbroken = Start("run", Smoke, "--output", whole)) Assert.Equal(0, Finish(unbroken).Code);
        var random = new Random(5);

        AssertThatAFullDiskIsTold(broken);
        foreach (var stage in Kills)
        {
            using var process = Start("run", Smoke, "--output", broken, "--resume");
            WaitFor(process, stage == "report" ? "attacks infogan gan-leaks-calibrated 1/1" : stage, stage == "report" ? "" : " 0/1");
            process.WaitForExit(random.Next(0, 60));
            process.Kill();
            process.WaitForExit();
        }
        using (var last = Start("run", Smoke, "--output", broken, "--resume")) Assert.Equal(0, Finish(last).Code);

        Assert.Equal(File.ReadAllText(Path.Combine(whole, "metrics.json")), File.ReadAllText(Path.Combine(broken, "metrics.json")));
        Assert.Equal(File.ReadAllText(Path.Combine(whole, "generation", "acgan", "losses.csv")), File.ReadAllText(Path.Combine(broken, "generation", "acgan", "losses.csv")));
        AssertKilledInEveryStageAndNothingDoneTwice(broken);
        Assert.Empty(Directory.EnumerateFiles(broken, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void ASignalStopsAndSaysHowToGoOn()
    {
        var run = Path.Combine(_folder, "run");
        using var process = Start("run", Smoke, "--output", run);
        WaitFor(process, "generation", " 0/1");
        // Not SIGINT, which whoever runs the tests in the background may have set to be ignored; Ctrl-C takes the same way.
        using (var signal = Process.Start("kill", ["-TERM", $"{process.Id}"])) signal.WaitForExit();

        var (code, output, error) = Finish(process);

        Assert.Equal((1, ""), (code, output));
        Assert.EndsWith($"stopped; to go on: understudy run {Smoke} --output {Path.GetRelativePath(Environment.CurrentDirectory, run)} --resume\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongInputIsOneLineOnStandardError()
    {
        var study = Path.Combine(_folder, "study.yaml");
        File.WriteAllText(study, "name: x\nsede: 1\n");
        using var process = Start("run", study);

        Assert.Equal((2, "", $"{study}:2: unknown key 'sede'; did you mean 'seed'?\n"), Finish(process));
    }

    /// <summary>Runs where no file may grow as large as a checkpoint, which is what a full disk looks like.</summary>
    private static void AssertThatAFullDiskIsTold(string run)
    {
        // The memory that the runtime maps twice counts as files too.
        using var process = Start("bash", ["-c", "trap '' XFSZ; ulimit -f 8000; DOTNET_EnableWriteXorExecute=0 exec dotnet \"$@\"", "bash", .. Program, "run", Smoke, "--output", run]);

        var (code, output, error) = Finish(process);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains($"error: {run}/generation/acgan/checkpoint.pt cannot be written: ", error, StringComparison.Ordinal);
        Assert.EndsWith($"; what was done before is kept; once that is mended (is the disk full?), go on: understudy run {Smoke} --output {Path.GetRelativePath(Environment.CurrentDirectory, run)} --resume\n", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(run, "*.tmp", SearchOption.AllDirectories));
    }

    private static void AssertKilledInEveryStageAndNothingDoneTwice(string run)
    {
        var killed = new List<string>();
        var finished = new HashSet<(string, string)>();
        (string Stage, string Subject)? begun = null;
        foreach (var line in EventLog.Read(Path.Combine(run, "events.jsonl")))
        {
            var (name, piece) = (line.GetProperty("event").GetString(), (line.GetProperty("stage").GetString()!, line.GetProperty("subject").GetString()!));
            if (name == "started")
            {
                Assert.DoesNotContain(piece, finished);
                if (begun is { } before) killed.Add(before.Stage);
                begun = piece;
            }
            else if (name == "finished")
            {
                Assert.True(finished.Add(piece));
                begun = null;
            }
        }
        foreach (var stage in new[] { "generation", "classification", "fidelity", "attacks" }) Assert.Contains(stage, killed);
    }

    private static string[] Program => ["exec", Path.Combine(AppContext.BaseDirectory, "Understudy.Cli.dll")];

    private static Process Start(params string[] args) => Start("dotnet", [.. Program, .. args]);

    private static Process Start(string program, string[] args) =>
        Process.Start(new ProcessStartInfo(program, args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Reads progress until a line has that start and holds that text, or the program ends.</summary>
    private static void WaitFor(Process process, string start, string text)
    {
        while (process.StandardError.ReadLine() is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal) && line.Contains(text, StringComparison.Ordinal)) return;
        }
    }

    private static (int Code, string Output, string Error) Finish(Process process)
    {
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
