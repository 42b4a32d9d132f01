using System.Text.Json;
using Understudy.Data;
using Understudy.Studies;

namespace Understudy.Cli.Tests;

/// <summary>Inversion and walks, as sections of a study and as verbs; too small to mean anything.</summary>
public sealed class LatentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-latent-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AStudyWithBothSectionsEndsInAReportAndItsRunCanBeInvertedAndWalkedIn()
    {
        var (run, study) = (Path.Combine(_folder, "run"), Path.Combine(_folder, "tiny.yaml"));
        File.WriteAllText(study, $$"""
            name: tiny
            data: { path: {{Source.Root}}/data/pneumoniamnist/pneumoniamnist.npz, classes: [normal, pneumonia] }
            splits: { members: 80, nonMembers: 40, reference: 40, test: official }
            methods:
              - { name: stylegan, steps: 4, batchSize: 16, width: 8, latentSize: 8, styleSize: 16, checkpointEvery: 4 }
              - { name: dcgan, steps: 4, batchSize: 16, width: 8, latentSize: 8, checkpointEvery: 4 }
            sampling: { count: 140 }
            classification: { network: cnn, steps: 4, batchSize: 16 }
            inversion: { images: 32, iterations: 6, restarts: 2, correctionIterations: 4, alphas: [0, 0.1], attribute: ink }
            walk:
              { k: [5, 2], images: 24, repeats: 2, points: 6, steps: 3, inversion: { iterations: 4, restarts: 1, correctionIterations: 0 }, identity: { steps: 6, batchSize: 16 } }
            """);
        var (code, output, error) = Cli.Run("run", study, "--output", run, "--json");
        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(output);
        var sections = document.RootElement.GetProperty("sections").EnumerateArray().ToDictionary(section => section.GetProperty("id").GetString()!);
        Assert.Equal(["diagnostics", "inversion", "walk"], sections.Keys.Order());

        string Inverted(string name) => Path.Combine(run, "sections", "inversion", name);
        foreach (var table in new[] { "errors", "pairs", "memorisation", "classes", "attributes", "norms", "alpha", "arithmetic" }) Assert.True(File.Exists(Inverted($"{table}.csv")), table);
        Assert.Equal(1 + (2 * 3 * 32), File.ReadLines(Inverted("per-image.csv")).Count());
        Assert.Contains("nearest training image: test", File.ReadAllText(Inverted("errors.csv")), StringComparison.Ordinal);

        string Walked(string name) => Path.Combine(run, "sections", "walk", name);
        Assert.Equal(
            ["real", "samples", "linear", "PLAN", "k-same k=2", "k-same k=2 + PLAN", "k-same k=5", "k-same k=5 + PLAN"],
            File.ReadLines(Walked("releases.csv")).Skip(1).Select(line => line.Split(',')[0]));
        Assert.Equal(24, NpzFile.Read(Walked("release-PLAN.npz")).Train.Count);
        // Who judges has not been walked away from.
        Assert.NotEqual(File.ReadAllText(Walked("judge/losses.csv")), File.ReadAllText(Walked("stylegan/identity/losses.csv")));
        Assert.Contains("k-same is not differential privacy", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
        var inversion = ReportSection.Read(Path.Combine(run, "sections", "inversion"))!;
        // Without these an error means nothing: the weight of the prior, how many images, the unit, and the latent entries, in which the two generators differ.
        foreach (var said in new[] { "α = 0", "Inverted were 32 test images, 32 members", "four times those on [0, 1]", "compare capacities", "may leave the shell of the prior", "a sign of memorisation, not of quality" })
            Assert.Contains(inversion.Paragraphs, paragraph => paragraph.Contains(said, StringComparison.Ordinal));

        var walk = ReportSection.Read(Path.Combine(run, "sections", "walk"))!;
        var releases = walk.Tables.Single(table => table.Name == "releases");
        // Distances grow for poor images, so accuracy and FID stand with them; an attack is shown with its interval, so that less than one half is read as chance.
        Assert.Equal(["release", "images", "accuracy", "deviation", "attack accuracy", "attack AUC"], releases.Columns.Take(6));
        Assert.StartsWith("FID", releases.Columns[^1], StringComparison.Ordinal);
        Assert.All(releases.Rows, row => Assert.True(row[4].Interval is { } interval && interval.Lower <= interval.Upper));
        foreach (var said in new[] { "is chance, not extra privacy", "Distances grow for poor images", "of another network and seed" })
            Assert.Contains(walk.Paragraphs, paragraph => paragraph.Contains(said, StringComparison.Ordinal));
        Assert.DoesNotContain("anonym", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.OrdinalIgnoreCase);

        var again = Cli.Run("run", study, "--output", run, "--resume", "--json");
        Assert.Equal((0, output), (again.Code, again.Output));

        InvertsAndWalks(run);
    }

    private void InvertsAndWalks(string run)
    {
        var picture = Path.Combine(_folder, "picture.png");
        var real = NpzFile.Read(Path.Combine(Source.Root, "data", "pneumoniamnist", "pneumoniamnist.npz")).Train;
        File.WriteAllBytes(picture, ImageCodec.Encode(Raster.From(real, 0), ImageFormat.Png));

        var to = Path.Combine(_folder, "inverted");
        var (code, output, error) = Cli.Run("invert", run, "dcgan", picture, "--iterations", "5", "--restarts", "1", "--output", to, "--json");
        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(output);
        Assert.Equal(1, document.RootElement.GetProperty("errors").GetArrayLength());
        Assert.Equal(2, File.ReadLines(Path.Combine(to, "latents.csv")).Count());
        Assert.True(File.Exists(Path.Combine(to, "reconstructions.png")));

        (code, _, error) = Cli.Run("invert", run, "stylegan", picture);
        Assert.Equal((2, "the method draws images of a class, and the images have none; name it with --class: normal, pneumonia"), (code, error.TrimEnd().Split('\n')[^1]));
        Assert.Equal(0, Cli.Run("invert", run, "stylegan", picture, "--class", "normal", "--iterations", "2", "--output", to).Code);
        Assert.EndsWith("the method has no class 'normall'; did you mean 'normal'?", Cli.Run("invert", run, "stylegan", picture, "--class", "normall").Error.TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("the study has no method 'dcgam'; did you mean 'dcgan'?", Cli.Run("invert", run, "dcgam", picture).Error.TrimEnd(), StringComparison.Ordinal);

        var walks = Path.Combine(_folder, "walks");
        (code, _, error) = Cli.Run("walk", run, "--paths", "2", "--points", "5", "--steps", "2", "--k", "3", "--output", walks);
        Assert.True(code == 0, error);
        Assert.Equal(5, Directory.GetFiles(Path.Combine(walks, "walk-1"), "*.png").Length);
        Assert.True(File.Exists(Path.Combine(walks, "walk-0-animated.png")));
        var one = Path.Combine(_folder, "one");
        (code, var answer, error) = Cli.Run("walk", run, "--paths", "1", "--points", "3", "--steps", "1", "--output", one, "--json");
        Assert.True(code == 0, error); // of two draws both may be of a class of their own
        Assert.Equal(1, JsonDocument.Parse(answer).RootElement.GetProperty("classes").GetArrayLength());
        Assert.Equal(2, Cli.Run("walk", run, "--k", "1").Code);
    }

    [Fact]
    public void ASectionThatNamesNoMethodOfTheStudyIsRefusedAtOnce()
    {
        var study = Path.Combine(_folder, "study.yaml");
        File.WriteAllText(study, $$"""
            name: wrong
            data: { path: {{Source.Root}}/data/pneumoniamnist/pneumoniamnist.npz }
            methods: [ { name: dcgan } ]
            inversion: { methods: [dcgam] }
            """);
        var (code, _, error) = Cli.Run("run", study, "--output", Path.Combine(_folder, "run"));
        Assert.Equal((2, $"{study}:4: inversion names the method 'dcgam', which the study has not; did you mean 'dcgan'?"), (code, error.TrimEnd()));
    }
}
