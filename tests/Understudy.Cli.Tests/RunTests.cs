using System.Runtime.InteropServices;
using System.Text.Json;
using Understudy.Data;
using Understudy.Studies;

namespace Understudy.Cli.Tests;

/// <summary>The smallest study through every verb.</summary>
public sealed class RunTests : IDisposable
{
    private static readonly string Smoke = Path.Combine(Source.Root, "samples", "smoke.yaml");

    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-run-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void StagesOneByOneGiveWhatRunGives()
    {
        var (whole, staged) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "staged"));

        var (code, output, _) = Cli.Run("run", Smoke, "--output", whole, "--json");
        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        Assert.Equal(Path.Combine(whole, "report.html"), document.RootElement.GetProperty("report").GetString());
        Assert.Equal(2, document.RootElement.GetProperty("methods").EnumerateObject().Count());

        AssertNoMemberIsIn(whole);

        Assert.Equal(0, Cli.Run("train", Smoke, "--output", staged).Code);
        foreach (var verb in new[] { "sample", "evaluate", "attack", "report" }) Assert.Equal(0, Cli.Run(verb, staged).Code);
        Assert.Equal(File.ReadAllText(Path.Combine(whole, "metrics.json")), File.ReadAllText(Path.Combine(staged, "metrics.json")));

        var again = Cli.Run("run", Smoke, "--output", whole, "--resume");
        Assert.Equal(0, again.Code);
        Assert.DoesNotContain("0/1", again.Error, StringComparison.Ordinal);

        var damaged = Path.Combine(staged, "classification", "acgan", "metrics.json");
        File.WriteAllText(damaged, "{");
        (code, output, var error) = Cli.Run("report", staged);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"{damaged}: is damaged (", error, StringComparison.Ordinal);
        File.Delete(damaged);
        Assert.Equal(0, Cli.Run("run", Smoke, "--output", staged, "--resume").Code);
        Assert.Equal(File.ReadAllText(Path.Combine(whole, "metrics.json")), File.ReadAllText(Path.Combine(staged, "metrics.json")));
    }

    /// <summary>Looks for some rows of pixels of members, as bytes and as the numbers that networks are given, in all that a run leaves behind.</summary>
    private static void AssertNoMemberIsIn(string run)
    {
        var study = StudyFile.Read(Smoke);
        var members = Splits.Create(study.Data.Open(), study.Splits.ToOptions(), study.Seed).Members;
        var samples = NpzFile.Read(Path.Combine(run, "sampling", "acgan", "samples.npz")).Train.Pixels;
        var files = Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes).Append(samples).ToArray();
        for (var i = 0; i < 64; i++)
        {
            var rows = members.Image(i).Slice(members.Shape.Length / 2, 2 * members.Shape.Width).ToArray();
            var numbers = MemoryMarshal.AsBytes<float>(Array.ConvertAll(rows, pixel => (pixel / 127.5f) - 1)).ToArray();
            Assert.All(files, file => Assert.True(file.AsSpan().IndexOf(rows) < 0 && file.AsSpan().IndexOf(numbers) < 0));
        }
    }

    [Fact]
    public void StageBeforeItsTurnSaysWhatToRun()
    {
        var run = Path.Combine(_folder, "run");
        var (code, _, error) = Cli.Run("sample", run);
        Assert.Equal((2, $"{run} is no run (it has no study.yaml); name the folder that 'run' or 'train' made\n"), (code, error));

        Directory.CreateDirectory(run);
        File.WriteAllText(Path.Combine(run, "study.yaml"), File.ReadAllText(Smoke).Replace("../data", Path.Combine(Source.Root, "data"), StringComparison.Ordinal));
        (code, _, error) = Cli.Run("sample", run);
        Assert.Equal(2, code);
        Assert.EndsWith($"acgan is not trained yet; run: understudy train {run}/study.yaml --output {run} --resume\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seed: 1", "seed: 2", "seed is 2, was 1")]
    [InlineData("steps: 12", "steps: 13", "methods[0].steps is 13, was 12")]
    public void ResumeWithAnotherStudyIsRefused(string before, string after, string difference)
    {
        var study = Path.Combine(_folder, "study.yaml");
        var run = Path.Combine(_folder, "run");
        var text = File.ReadAllText(Smoke).Replace("../data", Path.Combine(Source.Root, "data"), StringComparison.Ordinal);
        File.WriteAllText(study, text);
        using (var stopped = new CancellationTokenSource())
        {
            stopped.Cancel();
            Assert.Equal(1, Cli.Run(stopped.Token, "run", study, "--output", run).Code);
        }
        File.WriteAllText(study, text.Replace(before, after, StringComparison.Ordinal));

        var (code, _, error) = Cli.Run("run", study, "--output", run, "--resume");

        Assert.Equal((2, $"{run} holds a run of another study: {difference}; resume it with the same study, or name another folder\n"), (code, error));
        Assert.Equal(2, Cli.Run("run", study, "--output", run).Code);
    }

    [Fact]
    public void InterruptedRunSaysHowToGoOn()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var run = Path.Combine(_folder, "run");

        var (code, output, error) = Cli.Run(stopped.Token, "run", Smoke, "--output", run);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"stopped; to go on: understudy run {Smoke} --output {Path.GetRelativePath(Environment.CurrentDirectory, run)} --resume\n", error);
    }

    [Fact]
    public void FeatureModuleThatCannotBeUsedIsToldBeforeAnythingIsTrained()
    {
        var (study, module) = (Path.Combine(_folder, "study.yaml"), Path.Combine(_folder, "module.pt"));
        File.WriteAllText(module, "hello");
        File.WriteAllText(study, File.ReadAllText(Smoke).Replace("../data", Path.Combine(Source.Root, "data"), StringComparison.Ordinal) + "fidelity: { features: module.pt }\n");

        var (code, output, error) = Cli.Run("run", study, "--output", Path.Combine(_folder, "run"));

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"{module}: no TorchScript module", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void ResumeNeedsAFolder() =>
        Assert.Equal((2, "", "--resume needs --output: the folder of the run to go on with\n"), Cli.Run("run", Smoke, "--resume"));
}
