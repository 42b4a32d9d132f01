using System.CommandLine;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Studies.Grids;

namespace Understudy.Cli;

/// <summary>The other end of a worker of a grid; started by <c>run</c>, not by people.</summary>
internal static class WorkCommand
{
    private const string Name = "work";

    public static Command Create(CliContext cli)
    {
        var folder = new Argument<string>("RUN") { Description = "The run's folder" };
        var command = new Command(Name, "Do the pieces of a grid that standard input names") { folder };
        command.Hidden = true;
        command.SetAction(parse =>
        {
            using var run = RunDirectory.Join(parse.GetRequiredValue(folder));
            using var ledger = PrivacyLedger.Open(LedgerLocation.Default, cli.Time);
            GridWorkerLoop.Run(run, ledger, cli.Input, cli.Output, cli.Time, cli.Cancellation);
            return 0;
        });
        return command;
    }

    /// <summary>How this very program is started as a worker; null where it is not known (inside another program's process).</summary>
    public static WorkerCommand? Self()
    {
        var program = typeof(WorkCommand).Assembly.Location;
        if (Environment.ProcessPath is not { } process || program.Length == 0) return null;
        var isOwn = Path.GetFileNameWithoutExtension(process) == Path.GetFileNameWithoutExtension(program);
        var isHost = Path.GetFileNameWithoutExtension(process) == "dotnet";
        return isOwn ? new WorkerCommand(process, [Name]) : isHost ? new WorkerCommand(process, ["exec", program, Name]) : null;
    }
}
