using System.CommandLine;
using System.ComponentModel;
using Spectre.Console;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Cli.Bench;

internal static class BenchCommand
{
    private static readonly Dictionary<string, double> NoValues = [];
    private static readonly string[] Groups = ["step", "operator", "memory", "neighbours", "gradients", "opacus", "latent"];

    public static Command Create(CliContext cli)
    {
        var python = new Option<string>("--python") { Description = "The Python whose PyTorch is the peer", DefaultValueFactory = _ => "/usr/bin/python3" };
        var only = new Option<string[]>("--only") { Description = "What to measure, all unless given", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong(Groups);
        var command = new Command("bench", "Time a training step and an operator call beside the same work in PyTorch's Python, in turns") { python, only };
        command.SetAction(parse =>
        {
            var rows = cli.WithProgress(progress => Measure(cli, parse.GetValue(python)!, parse.GetValue(only) is { Length: > 0 } asked ? asked : Groups, progress));
            if (parse.GetValue(cli.Json)) cli.WriteJson(rows);
            else Print(cli, rows);
            return 0;
        });
        return command;
    }

    private static BenchRow[] Measure(CliContext cli, string python, IReadOnlyList<string> asked, IProgress<StageProgress> progress)
    {
        PeerStart start = (script, arguments) => StartPeer(cli, python, script, arguments);
        Action<string, int, int> tell = (subject, done, total) => progress.Report(new StageProgress("bench", subject, done, total, NoValues));
        var benchmarks = new Benchmarks(start, tell, cli.Cancellation);
        var opacus = new PrivateBenchmarks(start, tell, cli.Cancellation);
        var latent = new LatentBenchmarks(start, tell, cli.Cancellation);
        return
        [
            .. asked.SelectMany(group => group switch
            {
                "step" => [benchmarks.TrainingStep()],
                "operator" => [benchmarks.OperatorCall()],
                "memory" => [benchmarks.MemoryGrowth()],
                "neighbours" => [benchmarks.NeighbourSearch()],
                "gradients" => benchmarks.ClippedGradients(),
                "opacus" => opacus.All(),
                _ => latent.All(),
            }),
        ];
    }

    private static Peer? StartPeer(CliContext cli, string python, string script, string[] arguments)
    {
        Peer? peer = null;
        try
        {
            peer = Peer.Start(python, script, [$"{TorchRuntime.Threads}", $"{TorchRuntime.DefaultDevice}", .. arguments]);
            peer.Run(1);
            return peer;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or InvalidOperationException)
        {
            peer?.Dispose();
            cli.Error.WriteLine($"{script} is left out ({exception.Message}); to compare: apt-get install python3-torch python3-sklearn, Opacus 1.5 on PYTHONPATH, or --python");
            return null;
        }
    }

    private static void Print(CliContext cli, IEnumerable<BenchRow> rows)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("name", "ours", "peer", "ratio", "unit");
        foreach (var row in rows)
            table.AddRow(row.Name, Figure(row.Ours), Figure(row.Peer), Figure(row.Ratio), row.Unit);
        cli.WriteTable(table);
        cli.Output.WriteLine("A ratio below 1: ours takes less. It means something on an otherwise idle machine only: a busy one punishes threads that wait by spinning.");
        cli.Output.WriteLine($"Medians of {PrivateBenchmarks.Pairs} to {Benchmarks.Pairs} measurements in turns; libtorch {TorchRuntime.Version}, {TorchRuntime.DefaultDevice}, {TorchRuntime.Threads} threads each");
    }

    // Three significant digits, never as a power of ten.
    private static string Figure(double? value) => value switch
    {
        null => "-",
        { } large when Math.Abs(large) >= 100 => $"{large:F0}",
        { } middling when Math.Abs(middling) >= 10 => $"{middling:F1}",
        { } small => $"{small:F2}",
    };
}
