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
        Assert.Equal(["edits", "leaks", "codes"], section.Tables.Select(table => table.Name));
        Assert.Equal(2, section.Tables[0].Rows.Count);
        // Who attacks, learnt from how much, before and after, beside the rate of naming the commoner value.
        Assert.Equal(["Model and what is read", "Logistic regression", "Two-layer network", "Boosted trees", "Network for images", "Nats"], section.Tables[1].Columns);
        Assert.Equal(["z", "μ", "Dec([0, μ])"], section.Tables[1].Rows.Take(3).Select(row => row[0].Text!.Split(": ")[1]));
        Assert.Equal("real images", section.Tables[1].Rows[^1][0].Text);
        Assert.Contains("trained anew on 256 codes or images; always naming the commoner value reaches 0.", section.Tables[1].Caption, StringComparison.Ordinal);
        Assert.Equal(["edits-full.png", "samples.png", "edits-withoutGamma.png"], section.Pictures.Select(picture => picture.File));
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
    public void AStudyEditsTheDataSOwnClassesAndSaysWhatThatCannotTell()
    {
        var run = Run("own", "edit: { variants: [full], repetitions: 2, classifier: { steps: 10, batchSize: 32 }, model: { steps: 4, width: 4, latentSize: 8 } }");
        var section = ReportSection.Read(Path.Combine(run, "sections", "edit"))!;
        Assert.Equal("Edits: normal or pneumonia", section.Title);
        Assert.Contains(section.Paragraphs, paragraph => paragraph.Contains("an attacker may infer the attribute", StringComparison.Ordinal));
        Assert.Contains(section.Paragraphs, paragraph => paragraph.Contains("succeeds by doing nothing", StringComparison.Ordinal));
        Assert.Contains(section.Paragraphs, paragraph => paragraph.Contains("No image is mirrored, turned or cropped", StringComparison.Ordinal));
        // Codes stand beside the prior's mean of 0 and deviation of 1.
        Assert.Equal(["Model", "Mean of μ", "S.d. of μ"], section.Tables[2].Columns);
        Assert.All(section.Tables[2].Rows[0].TakeLast(2), cell => Assert.True(double.IsFinite(cell.Value!.Value)));
        Assert.Equal("–", section.Tables[0].Rows[0][6].Text);
        Assert.NotNull(section.Tables[0].Rows[0][5].Interval);
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
        Assert.Equal(["codes", "pairs", "shifts", "chain", "labels"], section.Tables.Select(table => table.Name));
        Assert.Equal([2, 1, 2, 4, 4], section.Tables.Select(table => table.Rows.Count));
        Assert.All(section.Tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count)));
        Assert.Contains(section.Paragraphs, paragraph => paragraph.StartsWith("With 20 labels the AUC of ssDAAE is", StringComparison.Ordinal));
        Assert.Contains("prevalence 0.625", section.Tables[4].Caption, StringComparison.Ordinal);
        Assert.Equal(["Method", "Labels", "AUC", "Average precision", "Specificity at 0.80", "Specificity at 0.90", "Specificity at 0.95", "Specificity at 0.99"], section.Tables[4].Columns);
        Assert.Equal(["codes-daae.png", "chain-daae.png", "chain-idaae.png"], section.Pictures.Select(picture => picture.File));
        // How sure the classifier is of decoded draws tells of holes in the codes.
        Assert.Equal("Confidence on Dec(z)", section.Tables[0].Columns[8]);
        Assert.Contains("Reconstruction attack AUC", section.Tables[0].Columns);
        Assert.Contains(section.Paragraphs, paragraph => paragraph.Contains("Models are compared by squared error", StringComparison.Ordinal));
        Assert.All(section.Tables[0].Rows, row => Assert.InRange(row[8].Value!.Value, 0.5, 1));
        Assert.Equal("R² of E(Dec(z))", section.Tables[0].Columns[^1]);
        Assert.All(section.Tables[0].Rows, row => Assert.True(row[^1].Value <= 1));
        // Every step of the chain is shown, and what a Parzen window is worth is said.
        Assert.Equal([0.0, 1, 0, 1], section.Tables[3].Rows.Select(row => row[1].Value!.Value));
        Assert.Contains("rewards blurred samples", section.Tables[3].Caption, StringComparison.Ordinal);
        Assert.Equal(["Method", "t", "Parzen log-likelihood", "σ of the window", "FID"], section.Tables[3].Columns);

        var before = File.ReadAllText(Path.Combine(folder, "section.json"));
        File.Delete(Path.Combine(folder, "section.json"));
        Directory.Delete(Path.Combine(folder, "labels", "daae-0-1"), recursive: true);
        Assert.Equal(0, Cli.Run("evaluate", run).Code);
        Assert.Equal(before, File.ReadAllText(Path.Combine(folder, "section.json")));
    }

    [Theory]
    [InlineData("encodings: { labels: { budgets: [] } }", "names no budget")]
    [InlineData("encodings: { labels: { budgets: [50, 300] } }", "asks for 300 labels, and there are 256 members")]
    [InlineData("edit: { variants: [] }", "'variants' in edit is empty")]
    [InlineData("edit: { attribute: slant, measured: brightness }", "leave one out")]
    [InlineData("edit: { attribute: thikness }", "did you mean 'thickness'?")]
    public void ASectionThatCannotBeDoneIsRefusedBeforeAnyWork(string section, string expected)
    {
        var run = Path.Combine(_folder, "refused");
        Assert.Contains(expected, Wrong("run", Study("refused", section), "--output", run), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(run, "classification")));
    }

    private static string Wrong(params string[] args)
    {
        var (code, _, error) = Cli.Run(args);
        Assert.Equal(2, code);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        return error;
    }

    private string Study(string name, string sections)
    {
        var study = Path.Combine(_folder, $"{name}.yaml");
        var data = Path.Combine(Source.Root, "data", "pneumoniamnist", "pneumoniamnist.npz");
        File.WriteAllText(study, $"name: {name}\ndata: {{ path: {data}, classes: [normal, pneumonia] }}\n{Head}\n{sections}\n");
        return study;
    }

    private string Run(string name, string sections)
    {
        var run = Path.Combine(_folder, name);
        var (code, _, error) = Cli.Run("run", Study(name, sections), "--output", run);
        Assert.True(code == 0, error);
        return run;
    }
}
