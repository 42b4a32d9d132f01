using System.CommandLine;
using Understudy.Data;
using Understudy.Sampling;
using Understudy.Sampling.Walk;
using Understudy.Studies;

namespace Understudy.Cli;

internal static class WalkCommand
{
    private const int Side = 168;
    private const int MillisecondsAFrame = 120;

    public static Command Create(CliContext cli)
    {
        var run = new Argument<string>("RUN") { Description = "The folder of a run whose methods are trained" };
        var method = new Option<string?>("--method") { HelpName = "ID", Description = "The method to walk in; by default the first that has latent vectors" };
        var output = new Option<string>("--output") { HelpName = "DIR", Description = "Where frames, strips and animations go", DefaultValueFactory = _ => "walks" };
        var paths = new Option<int>("--paths") { Description = "Walks", DefaultValueFactory = _ => 4 };
        var points = new Option<int>("--points") { Description = "Points of a walk, both ends included", DefaultValueFactory = _ => 20 };
        var steps = new Option<int>("--steps") { Description = "Steps of PLAN", DefaultValueFactory = _ => 200 };
        var k = new Option<int>("--k") { Description = "Walk between means of so many members; 0 for draws of the generator", DefaultValueFactory = _ => 0 };
        var command = new Command("walk", "Walk in a trained method's latent space, straight and by PLAN, and write the frames") { run, method, output, paths, points, steps, k };
        paths.Validators.Add(result => InvertCommand.NumberAtLeast(result, 1));
        steps.Validators.Add(result => InvertCommand.NumberAtLeast(result, 1));
        points.Validators.Add(result => InvertCommand.NumberAtLeast(result, 3));
        k.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (0 or >= KSame.LeastK)) result.AddError($"--k is 0, or {KSame.LeastK} or more: the mean of one member is that member");
        });
        command.SetAction(parse =>
        {
            var options = new WalkOptions { Points = parse.GetValue(points), Steps = parse.GetValue(steps), DistanceWeight = WalkOptions.BalancedDistanceWeight(parse.GetValue(points)) };
            var walks = RunFolder.Use(cli, parse.GetRequiredValue(run), pipeline => pipeline.Walk(parse.GetValue(method), parse.GetValue(paths), parse.GetValue(k), options));
            var folder = Path.GetFullPath(parse.GetRequiredValue(output));
            foreach (var (i, walk) in walks.Index()) Write(folder, i, walk);
            if (parse.GetValue(cli.Json)) cli.WriteJson(new { Output = folder, Classes = walks.Select(walk => walk.ClassName) });
            else cli.Output.WriteLine($"{walks.Count} walks in {folder}: walk-N.png (straight above PLAN), walk-N-animated.png, and PLAN's frames in walk-N");
            return 0;
        });
        return command;
    }

    private static void Write(string folder, int number, WalkedPath walk)
    {
        var frames = Path.Combine(folder, $"walk-{number}");
        Directory.CreateDirectory(frames);
        for (var t = 0; t < walk.Bent.Count; t++)
        {
            var png = ImageCodec.Encode(ImageGrid.Tile(walk.Bent.Subset([t]), 1, 1), ImageFormat.Png);
            AtomicFile.Write(Path.Combine(frames, $"frame-{t:D3}.png"), stream => stream.Write(png));
        }
        WalkPicture.Write(folder, $"walk-{number}", [walk.Straight, walk.Bent], Side, MillisecondsAFrame);
    }
}
