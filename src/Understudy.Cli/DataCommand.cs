using System.CommandLine;
using Spectre.Console;
using Understudy.Data;
using Understudy.Training;

namespace Understudy.Cli;

internal static class DataCommand
{
    private const long LargeData = 1 << 26; // bytes

    public static Command Create(CliContext cli) => new("data", "Look at image data, convert them, fetch public ones")
    {
        Inspect(cli),
        Convert(cli),
        Fetch(cli),
    };

    private static Command Inspect(CliContext cli)
    {
        var path = new Argument<string>("PATH") { Description = "An NPZ, IDX, CSV or NIfTI file, or a folder of images or volumes" };
        var (size, slices, axis) = (SizeOption(), SlicesOption(), AxisOption());
        var command = new Command("inspect", "Show counts, range, classes, groups and duplicates of a data set") { path, size, slices, axis };
        command.SetAction(parse =>
        {
            var given = parse.GetRequiredValue(path);
            DataInspection Look(IProgress<StageProgress>? progress)
            {
                progress?.Report(new StageProgress("read", given, 0, 1, new Dictionary<string, double>()));
                return DataInspection.Of(ImageData.Open(given, parse.GetValue(size), Slices(parse, slices, axis)), progress, cli.Cancellation);
            }
            var inspection = IsLarge(given) ? cli.WithProgress(Look) : Look(null);
            if (parse.GetValue(cli.Json)) cli.WriteJson(inspection);
            else WriteTables(cli, inspection);
            return 0;
        });
        return command;
    }

    private static Command Convert(CliContext cli)
    {
        var input = new Argument<string>("IN") { Description = "An NPZ, IDX, CSV or NIfTI file, or a folder of images or volumes" };
        var output = new Argument<string>("OUT") { Description = "A file or folder that is not yet there" };
        var format = new Option<string?>("--format") { Description = "npz (one file) or png (a folder of images); without it, npz where OUT ends so" };
        format.AcceptOnlyFromAmong("npz", "png");
        var (size, slices, axis) = (SizeOption(), SlicesOption(), AxisOption());
        var command = new Command("convert", "Write a data set as an NPZ file or a folder of PNG images") { input, output, format, size, slices, axis };
        command.SetAction(parse =>
        {
            var target = parse.GetRequiredValue(output);
            var isNpz = (parse.GetValue(format) ?? (target.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? "npz" : "png")) == "npz";
            if (File.Exists(target) || isNpz && Directory.Exists(target))
                throw new InputException($"{target}: is there already; name another");
            var data = ImageData.Open(parse.GetRequiredValue(input), parse.GetValue(size), Slices(parse, slices, axis));
            if (isNpz) NpzFile.Write(data, target);
            else ImageFolder.Write(data, target);
            var images = data.Parts.Sum(part => part.Set.Count);
            if (parse.GetValue(cli.Json)) cli.WriteJson(new { output = target, format = isNpz ? "npz" : "png", images, shape = data.Train.Shape });
            else cli.Output.WriteLine($"{images} {(data.Train.Shape.IsVolume ? "volumes" : "images")} of {data.Train.Shape} in {target}");
            return 0;
        });
        return command;
    }

    private static Command Fetch(CliContext cli)
    {
        var name = new Argument<string?>("NAME") { Description = "The data set; without it, all are listed", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--output") { Description = "Folder for the files; data/NAME without it" };
        var baseUrl = new Option<string?>("--base-url") { Description = "A mirror that holds the files under their names" };
        var command = new Command("fetch", "Fetch a public data set, checking its checksum; what was cut off goes on") { name, output, baseUrl };
        command.SetAction(parse =>
        {
            var isJson = parse.GetValue(cli.Json);
            if (parse.GetValue(name) is not { } chosen)
            {
                if (isJson) cli.WriteJson(PublicDataSets.All.Select(set => new { set.Name, set.Contents, set.Licence }));
                else cli.WriteTable(Catalogue());
                return 0;
            }
            var set = PublicDataSets.Find(chosen);
            var folder = parse.GetValue(output) ?? Path.Combine("data", set.Name);
            var mirror = parse.GetValue(baseUrl) is { } url ? HttpAddress(url) : null;
            cli.ResumeHint = "the same command";
            using var http = new HttpClient();
            var fetcher = new DataFetcher(http, cli.Time);
            cli.WithProgress(progress =>
            {
                fetcher.FetchAsync(set, folder, mirror, progress, cli.Cancellation).GetAwaiter().GetResult();
                return true;
            });
            var files = set.Files.Select(file => Path.Combine(folder, file.Name));
            if (isJson) cli.WriteJson(new { set.Name, output = folder, files, set.Licence });
            else cli.Output.WriteLine($"{set.Name} ({set.Contents}; {set.Licence}) in {folder}");
            return 0;
        });
        return command;
    }

    /// <summary>Whether looking at the data takes long enough for progress to be shown.</summary>
    private static bool IsLarge(string path) =>
        (Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories) : new[] { new FileInfo(path) }.Where(file => file.Exists))
            .Sum(file => file.Length) > LargeData;

    private static VolumeSlices Slices(ParseResult parse, Option<int> slices, Option<SliceAxis> axis) =>
        new() { Count = parse.GetValue(slices), Axis = parse.GetValue(axis) };

    private static Option<int> SlicesOption() =>
        new("--slices") { Description = "Slices of each volume, where the data are volumes", DefaultValueFactory = _ => new VolumeSlices().Count };

    private static Option<SliceAxis> AxisOption() =>
        new("--axis") { Description = "Across which axis volumes are sliced", DefaultValueFactory = _ => new VolumeSlices().Axis };

    private static Option<int?> SizeOption() => new("--size") { Description = "Bring every image to this height and width" };

    private static Uri HttpAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new InputException($"--base-url {url}: is no address; give one such as https://example.org/mnist");

    private static void WriteTables(CliContext cli, DataInspection inspection)
    {
        var hasGroups = inspection.Parts[0].Groups is not null;
        cli.Output.WriteLine(inspection.Shape.IsVolume ? $"volumes of {inspection.Shape} (depth x height x width)" : $"images of {inspection.Shape} (channels x height x width)");
        var parts = new Table().Border(TableBorder.Minimal).AddColumns("part", "images", "range", "mean", "std", "groups", "duplicates", "masks");
        foreach (var part in inspection.Parts)
        {
            parts.AddRow(
                part.Name,
                $"{part.Count}",
                $"{part.Minimum} to {part.Maximum}",
                $"{part.Mean:0.0}",
                $"{part.StandardDeviation:0.0}",
                part.Groups is { } groups ? $"{groups}" : "none",
                $"{part.Duplicates}",
                part.Masks is { } masks ? $"{masks.Foreground:P1} foreground, {masks.Empty} empty" : "none");
        }
        cli.WriteTable(parts);

        if (inspection.Parts[0].Classes.Count > 0) cli.WriteTable(Classes(inspection));
        foreach (var pair in inspection.Shared.Where(pair => pair.Images > 0 || pair.Groups > 0))
            cli.Output.WriteLine($"{pair.Images} images{(hasGroups ? $" and {pair.Groups} groups" : "")} of {pair.Second} are also in {pair.First}");
    }

    private static Table Classes(DataInspection inspection)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns(["class", "name", .. inspection.Parts.Select(part => part.Name)]);
        foreach (var (k, name) in inspection.Parts[0].Classes.Select(c => c.Name).Index())
            table.AddRow([new Text($"{k}"), new Text(name), .. inspection.Parts.Select(part => new Text($"{part.Classes[k].Count}"))]);
        return table;
    }

    private static Table Catalogue()
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("name", "contents", "licence");
        foreach (var set in PublicDataSets.All) table.AddRow(new Text(set.Name), new Text(set.Contents), new Text(set.Licence));
        return table;
    }
}
