using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Sampling.Inversion;
using Understudy.Studies;

namespace Understudy.Cli;

internal static class InvertCommand
{
    private const int ShownImages = 16;
    private const int Side = 84;

    public static Command Create(CliContext cli)
    {
        var defaults = new InversionOptions();
        var run = new Argument<string>("RUN") { Description = "The folder of a run whose methods are trained" };
        var method = new Argument<string>("METHOD") { Description = "The id of a method of the study" };
        var images = new Argument<string>("IMAGES") { Description = "An image, or a folder, NPZ, IDX or CSV file of images" };
        var output = new Option<string>("--output") { HelpName = "DIR", Description = "Where errors, latent vectors and pictures go", DefaultValueFactory = _ => "inverted" };
        var iterations = new Option<int>("--iterations") { Description = "Steps from each start", DefaultValueFactory = _ => defaults.Iterations };
        var restarts = new Option<int>("--restarts") { Description = "Random starts, of which the best counts", DefaultValueFactory = _ => defaults.Restarts };
        var alpha = new Option<double>("--alpha") { Description = "Weight of the prior", DefaultValueFactory = _ => defaults.Alpha };
        var className = new Option<string?>("--class") { HelpName = "NAME", Description = "The class of all images, for a method that draws classes" };
        var command = new Command("invert", "Find the latent vectors from which a trained method makes given images") { run, method, images, output, iterations, restarts, alpha, className };
        iterations.Validators.Add(result => NumberAtLeast(result, 1));
        restarts.Validators.Add(result => NumberAtLeast(result, 1));
        alpha.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() >= 0)) result.AddError("--alpha is 0 or more");
        });
        command.SetAction(parse =>
        {
            var options = defaults with { Iterations = parse.GetValue(iterations), Restarts = parse.GetValue(restarts), Alpha = parse.GetValue(alpha) };
            var found = RunFolder.Use(cli, parse.GetRequiredValue(run), pipeline =>
                pipeline.Invert(parse.GetRequiredValue(method), parse.GetRequiredValue(images), parse.GetValue(className), options));
            var folder = Path.GetFullPath(parse.GetRequiredValue(output));
            Write(found, folder);
            Show(cli, found, folder, options, parse.GetValue(cli.Json));
            return 0;
        });
        return command;
    }

    /// <summary>Refuses a number that is too small.</summary>
    public static void NumberAtLeast(OptionResult result, int least)
    {
        if (result.GetValueOrDefault<int>() < least) result.AddError($"{result.Option.Name} is {least} or more");
    }

    private static void Write(InvertedImages found, string folder)
    {
        WriteRows(Path.Combine(folder, "errors.csv"), "image,mse,norm", found, i => string.Create(CultureInfo.InvariantCulture, $"{i},{found.Result.Errors[i]:R},{found.Result.Norms[i]:R}"));
        var names = string.Join(',', Enumerable.Range(0, found.Result.Latents.Dimension).Select(d => $"z{d}"));
        WriteRows(Path.Combine(folder, "latents.csv"), $"image,{names}", found, i =>
            $"{i},{string.Join(',', found.Result.Latents.Row(i).ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}");
        int[] shown = [.. Enumerable.Range(0, Math.Min(ShownImages, found.Images.Count))];
        ImageGrid.Write(
            Path.Combine(folder, "reconstructions.png"), ImageSet.Concat(found.Images.Subset(shown), found.Reconstructions.Subset(shown)), 2, shown.Length, gap: 2,
            Math.Max(1, Side / found.Images.Shape.Height));
    }

    private static void WriteRows(string path, string head, InvertedImages found, Func<int, string> row) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(head);
        for (var i = 0; i < found.Images.Count; i++) writer.WriteLine(row(i));
    });

    private static void Show(CliContext cli, InvertedImages found, string folder, InversionOptions options, bool json)
    {
        var errors = SampleSummary.Of(found.Result.Errors);
        if (json)
        {
            cli.WriteJson(new { Output = folder, options.Alpha, LatentSize = found.Result.Latents.Dimension, Mse = errors, found.Result.Errors });
            return;
        }
        var interval = errors.MeanInterval is { } of ? FormattableString.Invariant($" ({of.Lower:0.0000} to {of.Upper:0.0000})") : "";
        var table = new Table().Border(TableBorder.Minimal).AddColumns("images", "mean squared error on [[-1, 1]]", "median", "95th percentile", "latent entries", "alpha");
        table.AddRow(
            $"{errors.Count}", FormattableString.Invariant($"{errors.Mean:0.0000}{interval}"),
            FormattableString.Invariant($"{errors.Median:0.0000}"), FormattableString.Invariant($"{errors.Percentile95:0.0000}"), $"{found.Result.Latents.Dimension}", FormattableString.Invariant($"{options.Alpha}"));
        cli.WriteTable(table);
        cli.Output.WriteLine($"errors.csv, latents.csv and reconstructions.png in {folder}; latent vectors are as private as the images");
    }
}
