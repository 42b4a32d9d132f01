using System.CommandLine;
using Understudy.Studies;

namespace Understudy.Cli;

/// <summary>The verbs that do one stage of a run that <c>train</c> has begun.</summary>
internal static class StageCommands
{
    public static Command Sample(CliContext cli) => Stage(cli, "sample", "Draw the synthetic data of a run's methods", pipeline => pipeline.Sample());

    public static Command Evaluate(CliContext cli) =>
        Stage(cli, "evaluate", "Measure utility, fidelity and memorisation of a run's synthetic data", pipeline => pipeline.Evaluate());

    public static Command Attack(CliContext cli) => Stage(cli, "attack", "Attack a run's synthetic data", pipeline => pipeline.Attack());

    private static Command Stage(CliContext cli, string name, string description, Action<Pipeline> work)
    {
        var folder = new Argument<string>("RUN") { Description = "The run's folder" };
        var command = new Command(name, description) { folder };
        command.SetAction(parse =>
        {
            using var run = RunDirectory.Open(parse.GetRequiredValue(folder));
            cli.ResumeHint = $"understudy {name} {run.Path}";
            return RunFolder.Stage(cli, run, parse.GetValue(cli.Json), work);
        });
        return command;
    }
}
