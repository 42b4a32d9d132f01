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
    public static WorkerCommand? Self() => Of(Environment.ProcessPath, typeof(WorkCommand).Assembly.Location);

    /// <summary>How a program is started as a worker, by its own executable or by the host that runs its assembly.</summary>
    internal static WorkerCommand? Of(string? process, string assembly)
    {
        if (process is null || assembly.Length == 0) return null;
        // The executable is named like the assembly, dots and all, with an extension of its own on Windows alone.
        var (file, own) = (Path.GetFileName(process), Path.GetFileNameWithoutExtension(assembly));
        if (file == own || file == $"{own}.exe") return new WorkerCommand(process, [Name]);
        return Path.GetFileNameWithoutExtension(file) == "dotnet" ? new WorkerCommand(process, ["exec", assembly, Name]) : null;
    }
}
