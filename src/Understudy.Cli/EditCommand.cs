using System.CommandLine;
using Understudy.Data;
using Understudy.Generation.Attributes;
using Understudy.Studies;

namespace Understudy.Cli;

/// <summary>Edits an attribute of images with a model that a study's <c>edit</c> section has trained.</summary>
internal static class EditCommand
{
    private const int ShownImages = 10;
    private const int GridSide = 56;

    public static Command Create(CliContext cli)
    {
        var run = new Argument<string>("RUN") { Description = "The folder of a run whose study has an 'edit' section, or of a saved model" };
        var images = new Option<string>("--images") { HelpName = "PATH", Required = true, Description = "The images: a folder, an NPZ, IDX or CSV file" };
        var value = new Option<string>("--to") { HelpName = "VALUE", Required = true, Description = "The attribute's value that they are to have: its name, or 0 or 1" };
        var output = new Option<string>("--output") { HelpName = "DIR", Required = true, Description = "A new folder for the edited images" };
        var command = new Command("edit", "Change one attribute of images and keep the rest") { run, images, value, output };
        command.SetAction(parse =>
        {
            var (file, editor) = EditorFile.Open(Model(parse.GetRequiredValue(run)));
            using (editor)
            {
                var to = Value(file, parse.GetRequiredValue(value));
                var set = Read(parse.GetRequiredValue(images), file.Shape);
                var folder = parse.GetRequiredValue(output);
                var edited = editor.Edit(set, to);
                ImageFolder.Write(edited, folder);
                var shown = Math.Min(ShownImages, set.Count);
                int[] first = [.. Enumerable.Range(0, shown)];
                var pairs = ImageSet.Concat(Plain(set.Subset(first)), Plain(edited.Subset(first)));
                var grid = Path.TrimEndingDirectorySeparator(folder) + ".png";
                ImageGrid.Write(grid, pairs, 2, shown, gap: 2, Math.Max(1, GridSide / set.Shape.Height));
                var had = editor.Attribute(set).Count(p => p >= 0.5f == (to == 1));
                if (parse.GetValue(cli.Json)) cli.WriteJson(new { Images = set.Count, Value = file.Values[to], Had = had, Output = Path.GetFullPath(folder), Pairs = Path.GetFullPath(grid) });
                else cli.Output.WriteLine($"{set.Count} images edited to '{file.Values[to]}', of which {had} looked so before, in {folder}; pairs in {grid}");
            }
            return 0;
        });
        return command;
    }

    private static string Model(string folder) =>
        File.Exists(Path.Combine(folder, "study.yaml")) ? EditModels.Folder(folder) : folder;

    private static int Value(EditorFile file, string text) => text switch
    {
        "0" => 0,
        "1" => 1,
        _ when file.Values.Contains(text) => Array.IndexOf([.. file.Values], text),
        _ => throw new InputException($"the attribute has no value '{text}'{NearestName.Hint(text, [.. file.Values])}"),
    };

    private static ImageSet Read(string path, ImageShape shape)
    {
        var data = ImageData.Open(path, shape.Height);
        var set = ImageSet.Concat([.. data.Parts.Select(part => part.Set)]);
        return set.Shape == shape ? set : throw new InputException($"{path}: images are {set.Shape}, and the model edits {shape}; give images of as many channels");
    }

    private static ImageSet Plain(ImageSet set) => new(set.Shape, set.Pixels);
}
