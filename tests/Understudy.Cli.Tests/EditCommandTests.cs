using System.Text.Json;
using Understudy.Data;
using Understudy.Studies;

namespace Understudy.Cli.Tests;

/// <summary>A study that edits and one that measures codes, both too small to mean anything, and the verb.</summary>
public sealed class EditCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-edit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private const string Head = """
        seed: 1
        splits: { members: 256, nonMembers: 160, reference: 128, test: official }
        sampling: { count: 200 }
        classification: { network: cnn, steps: 10, batchSize: 32 }
        """;

    [Fact]
    public void AStudyTrainsEditorsAndTheVerbUsesThem()
    {
        var run = Run("edits", "edit: { attribute: slant, variants: [full, withoutGamma], classifier: { steps: 10, batchSize: 32 }, model: { steps: 5, width: 4, latentSize: 8 } }");
        var section = ReportSection.Read(Path.Combine(run, "sections", "edit"))!;
        Assert.Equal(["edits", "leaks"], section.Tables.Select(table => table.Name));
        Assert.Equal(2, section.Tables[0].Rows.Count);
        Assert.All(section.Pictures, picture => Assert.True(File.Exists(Path.Combine(run, "sections", "edit", picture.File))));
        Assert.Contains("Edits: left or right", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);

        var images = Path.Combine(_folder, "some");
        ImageFolder.Write(new ImageSet(new ImageShape(1, 30, 30), new byte[3 * 900]), images);
        var output = Path.Combine(_folder, "edited");
        var (code, json, error) = Cli.Run("edit", run, "--images", images, "--to", "right", "--output", output, "--json");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(3, JsonElement.Parse(json).GetProperty("images").GetInt32());
        Assert.Equal(new ImageShape(1, 28, 28), ImageFolder.Read(output).Train.Shape);

        Assert.Contains("did you mean 'right'?", Wrong("edit", run, "--images", images, "--to", "rihgt", "--output", output), StringComparison.Ordinal);
        Assert.Contains("is there already", Wrong("edit", run, "--images", images, "--to", "1", "--output", output), StringComparison.Ordinal);
        Assert.Contains("no model that edits", Wrong("edit", _folder, "--images", images, "--to", "1", "--output", output), StringComparison.Ordinal);
    }

    [Fact]
    public void AStudyMeasuresCodesAndFewLabelsAndGoesOnWhereItWas()
    {
        var run = Run("codes", """
            methods:
              - { name: daae, steps: 5, width: 16, latentSize: 2, prior: mixture }
              - { name: idaae, steps: 5, width: 16, latentSize: 4, copies: 2 }
            encodings: { trainingCodes: 60, testImages: 40, samples: 150, parzenImages: 20, markovSteps: 1, shifts: [2],
              labels: { budgets: [20, 0], repetitions: 2, methods: [cnn, daae], model: { steps: 4, width: 4, latentSize: 4 } } }
            """);
        var folder = Path.Combine(run, "sections", "encodings");
        var section = ReportSection.Read(folder)!;
        Assert.Equal(["codes", "shifts", "chain", "labels"], section.Tables.Select(table => table.Name));
        Assert.Equal([2, 2, 4, 4], section.Tables.Select(table => table.Rows.Count));
        Assert.All(section.Tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count)));
        Assert.Contains(section.Paragraphs, paragraph => paragraph.StartsWith("With 20 labels the AUC of ssDAAE is", StringComparison.Ordinal));
        Assert.Contains("prevalence 0.625", section.Tables[3].Caption, StringComparison.Ordinal);
        // Every step of the chain is shown, and what a Parzen window is worth is said.
        Assert.Equal([0.0, 1, 0, 1], section.Tables[2].Rows.Select(row => row[1].Value!.Value));
        Assert.Contains("rewards blurred samples", section.Tables[2].Caption, StringComparison.Ordinal);

        var before = File.ReadAllText(Path.Combine(folder, "section.json"));
        File.Delete(Path.Combine(folder, "section.json"));
        Directory.Delete(Path.Combine(folder, "labels", "daae-0-1"), recursive: true);
        Assert.Equal(0, Cli.Run("evaluate", run).Code);
        Assert.Equal(before, File.ReadAllText(Path.Combine(folder, "section.json")));
    }

    private static string Wrong(params string[] args)
    {
        var (code, _, error) = Cli.Run(args);
        Assert.Equal(2, code);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        return error;
    }

    private string Run(string name, string sections)
    {
        var study = Path.Combine(_folder, $"{name}.yaml");
        var data = Path.Combine(Source.Root, "data", "pneumoniamnist", "pneumoniamnist.npz");
        File.WriteAllText(study, $"name: {name}\ndata: {{ path: {data}, classes: [normal, pneumonia] }}\n{Head}\n{sections}\n");
        var run = Path.Combine(_folder, name);
        var (code, _, error) = Cli.Run("run", study, "--output", run);
        Assert.True(code == 0, error);
        return run;
    }
}
