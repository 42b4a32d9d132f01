using System.CommandLine;
using Understudy.Studies;

namespace Understudy.Cli;

internal static class RunCommand
{
    public static Command Create(CliContext cli)
    {
        var study = new Argument<string>("STUDY") { Description = "A study file; samples/ has some" };
        var output = new Option<string?>("--output") { HelpName = "DIR", Description = "Where the run's files go; by default runs/NAME-DATE-TIME" };
        var resume = new Option<bool>("--resume") { Description = "Go on with the run that is in --output" };
        var command = new Command("run", "Run a study: train, sample, evaluate, attack, report") { study, output, resume };
        command.SetAction(parse =>
        {
            var run = RunFolder.Start(cli, parse.GetRequiredValue(study), parse.GetValue(output), parse.GetValue(resume));
            using (run) return RunFolder.Complete(cli, run, parse.GetValue(cli.Json));
        });
        return command;
    }
}
