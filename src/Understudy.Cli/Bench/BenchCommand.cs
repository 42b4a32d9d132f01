using System.CommandLine;
using System.ComponentModel;
using Spectre.Console;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Cli.Bench;

internal static class BenchCommand
{
    private const int Pairs = 15;
    private const int TrainingSteps = 4;
    private const int OperatorCalls = 20_000;
    private const int SettledSteps = 100;
    private const int MemorySteps = 500;

    private static readonly Dictionary<string, double> NoValues = [];

    public static Command Create(CliContext cli)
    {
        var python = new Option<string>("--python") { Description = "The Python whose PyTorch is the peer", DefaultValueFactory = _ => "/usr/bin/python3" };
        var command = new Command("bench", "Time a training step and an operator call beside the same work in PyTorch's Python, in turns") { python };
        command.SetAction(parse =>
        {
            var rows = cli.WithProgress(progress => Measure(cli, parse.GetValue(python)!, progress));
            if (parse.GetValue(cli.Json)) cli.WriteJson(rows);
            else Print(cli, rows);
            return 0;
        });
        return command;
    }

    private static BenchRow[] Measure(CliContext cli, string python, IProgress<StageProgress> progress)
    {
        using var dcgan = new DcganStep();
        using var dcganPeer = StartPeer(cli, python, "dcgan_step.py");
        var step = PairedTiming.Medians(dcgan.Run, Work(dcganPeer), TrainingSteps, Pairs, Tell("DCGAN step", Pairs));

        using var a = Tensor.Ones([10]);
        using var b = Tensor.Ones([10]);
        using var addPeer = dcganPeer is null ? null : StartPeer(cli, python, "op_overhead.py");
        var add = PairedTiming.Medians(() => (a + b).Dispose(), Work(addPeer), OperatorCalls, Pairs, Tell("operator call", Pairs));

        var growth = ResidentMemory.GrowthPercent(dcgan.Run, SettledSteps, MemorySteps, Tell("memory", MemorySteps));
        return
        [
            new("DCGAN training step, 28x28, batch 128", step.Ours * 1e3, step.Peer * 1e3, "ms"),
            new("operator call, sum of ten values", add.Ours * 1e6, add.Peer * 1e6, "µs"),
            new($"memory growth from step {SettledSteps} to {MemorySteps}", growth, null, "%"),
        ];

        Func<int, PeerAnswer>? Work(Peer? peer) => peer is null ? null : steps =>
        {
            cli.Cancellation.ThrowIfCancellationRequested();
            return peer.Run(steps);
        };

        Action<int> Tell(string subject, int total) => done =>
        {
            cli.Cancellation.ThrowIfCancellationRequested();
            progress.Report(new StageProgress("bench", subject, done, total, NoValues));
        };
    }

    private static Peer? StartPeer(CliContext cli, string python, string script)
    {
        Peer? peer = null;
        try
        {
            peer = Peer.Start(python, script, TorchRuntime.Threads);
            peer.Run(1);
            return peer;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or InvalidOperationException)
        {
            peer?.Dispose();
            cli.Error.WriteLine($"only Understudy is timed, without a peer ({exception.Message}); to compare: apt-get install python3-torch, or --python");
            return null;
        }
    }

    private static void Print(CliContext cli, IEnumerable<BenchRow> rows)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("name", "ours", "peer", "ratio", "unit");
        foreach (var row in rows)
            table.AddRow(row.Name, Figure(row.Ours), Figure(row.Peer), Figure(row.Ratio), row.Unit);
        cli.WriteTable(table);
        cli.Output.WriteLine($"medians of {Pairs} measurements in turns; libtorch {TorchRuntime.Version}, {TorchRuntime.Threads} threads each");
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
