using System.CommandLine;

namespace Understudy.Cli;

internal static class TrainCommand
{
    public static Command Create(CliContext cli)
    {
        var study = new Argument<string>("STUDY") { Description = "A study file; samples/ has some" };
        var output = new Option<string?>("--output") { HelpName = "DIR", Description = "Where the run's files go; by default runs/NAME-DATE-TIME" };
        var resume = new Option<bool>("--resume") { Description = "Go on with the run that is in --output" };
        var command = new Command("train", "Train the methods of a study, the first stage of a run") { study, output, resume };
        command.SetAction(parse =>
        {
            using var run = RunFolder.Start(cli, parse.GetRequiredValue(study), parse.GetValue(output), parse.GetValue(resume));
            return RunFolder.Stage(cli, run, parse.GetValue(cli.Json), pipeline => pipeline.Generate());
        });
        return command;
    }
}
