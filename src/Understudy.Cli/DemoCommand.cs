using System.CommandLine;
using Understudy.Data;

namespace Understudy.Cli;

internal static class DemoCommand
{
    public static Command Create(CliContext cli)
    {
        var output = new Option<string?>("--output") { HelpName = "DIR", Description = "Where the run's files go; by default runs/demo-DATE-TIME" };
        var command = new Command("demo", "Run the whole pipeline on the bundled chest X-rays, in minutes") { output };
        command.SetAction(parse =>
        {
            var study = Path.Combine(Home(), "samples", "demo.yaml");
            using var run = RunFolder.Start(cli, study, parse.GetValue(output), resume: false);
            return RunFolder.Complete(cli, run, parse.GetValue(cli.Json));
        });
        return command;
    }

    /// <summary>The source tree, which has the samples and the bundled data.</summary>
    private static string Home()
    {
        if (Environment.GetEnvironmentVariable("UNDERSTUDY_HOME") is { Length: > 0 } named) return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Understudy.slnx"))) return folder.FullName;
        }
        throw new InputException("the samples are not where the program is; set UNDERSTUDY_HOME to the folder that holds Understudy.slnx");
    }
}
