using System.CommandLine;
using Understudy.Studies;
using Understudy.Studies.Releases;

namespace Understudy.Cli;

internal static class ReleaseCommand
{
    public static Command Create(CliContext cli)
    {
        var folder = new Argument<string>("RUN") { Description = "The run's folder" };
        var id = new Argument<string>("RELEASE") { Description = "Which cell of its grid, such as dp-merf+e1+s1+plain, or, in a run without a grid, which method; an unknown name lists them" };
        var output = new Option<string>("--output") { HelpName = "DIR", Description = "A new folder for what leaves the room", Required = true };
        var command = new Command("release", "Write one release of a run: artefacts, data card, certificate, ledger extract") { folder, id, output };
        command.SetAction(parse =>
        {
            using var run = RunDirectory.Open(parse.GetRequiredValue(folder));
            var release = Release.Write(run, parse.GetRequiredValue(id), parse.GetRequiredValue(output), cli.Time);
            if (parse.GetValue(cli.Json)) cli.WriteJson(release);
            else cli.Output.WriteLine($"released {release.Id} to {parse.GetRequiredValue(output)}; guarantee: {release.Guarantee.Claim}");
            return 0;
        });
        return command;
    }
}
