using System.Diagnostics;
using Understudy.Studies;

namespace Understudy.Cli.Tests;

/// <summary>The program as a process of its own, killed and interrupted.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 10;
    private static readonly string Smoke = Path.Combine(Source.Root, "samples", "smoke.yaml");

    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void RunKilledTenTimesGivesTheFiguresOfAnUnbrokenOne()
    {
        var (whole, broken) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "broken"));
        using (var unbroken = Start("run", Smoke, "--output", whole)) Assert.Equal(0, Finish(unbroken).Code);
        var random = new Random(5);

        for (var i = 0; i < Kills; i++)
        {
            using var process = Start("run", Smoke, "--output", broken, "--resume");
            WaitForStarts(process, random.Next(1, 3));
            process.WaitForExit(random.Next(0, 300));
            process.Kill();
            process.WaitForExit();
        }
        using (var last = Start("run", Smoke, "--output", broken, "--resume")) Assert.Equal(0, Finish(last).Code);

        Assert.Equal(File.ReadAllText(Path.Combine(whole, "metrics.json")), File.ReadAllText(Path.Combine(broken, "metrics.json")));
        Assert.Equal(File.ReadAllText(Path.Combine(whole, "generation", "acgan", "losses.csv")), File.ReadAllText(Path.Combine(broken, "generation", "acgan", "losses.csv")));
        Assert.InRange(Count(broken, "started") - Count(broken, "finished"), 5, Kills);
        Assert.Empty(Directory.EnumerateFiles(broken, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void ASignalStopsAndSaysHowToGoOn()
    {
        var run = Path.Combine(_folder, "run");
        using var process = Start("run", Smoke, "--output", run);
        WaitForStarts(process, 1);
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

    private static int Count(string run, string name) =>
        EventLog.Read(Path.Combine(run, "events.jsonl")).Count(line => line.GetProperty("event").GetString() == name);

    private static Process Start(params string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Understudy.Cli.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. args]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }

    /// <summary>Reads progress until so many pieces of work have been begun, or the program ends.</summary>
    private static void WaitForStarts(Process process, int starts)
    {
        while (starts > 0 && process.StandardError.ReadLine() is { } line)
        {
            if (line.Contains(" 0/1", StringComparison.Ordinal)) starts--;
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
