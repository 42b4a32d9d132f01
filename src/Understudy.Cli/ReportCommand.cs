using System.CommandLine;
using Understudy.Studies;

namespace Understudy.Cli;

internal static class ReportCommand
{
    public static Command Create(CliContext cli)
    {
        var folder = new Argument<string>("RUN") { Description = "The run's folder" };
        var command = new Command("report", "Write the report of what a run has measured so far") { folder };
        command.SetAction(parse =>
        {
            using var run = RunDirectory.Open(parse.GetRequiredValue(folder));
            RunFolder.Show(cli, run, RunReport.Write(run, cli.Time), parse.GetValue(cli.Json));
            return 0;
        });
        return command;
    }
}
