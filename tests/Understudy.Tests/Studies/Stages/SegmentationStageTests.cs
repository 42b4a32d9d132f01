using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Tests.Data;
using Understudy.Tests.Generation.Dual;

namespace Understudy.Tests.Studies.Stages;

public sealed class SegmentationStageTests
{
    private const string Methods = """
        methods:
          - { name: dual-gan, maskSteps: 2, imageSteps: 2, batchSize: 8, maskWidth: 2, imageWidth: 4, latentSize: 4 }
          - { name: dp-dual-gan, epsilon: 5, maskSteps: 2, imageSteps: 2, batchSize: 8, maskWidth: 2, imageWidth: 4, latentSize: 4 }
          - { name: dcgan, steps: 2, batchSize: 8, width: 4 }
        """;

    [Fact]
    public void A_study_of_pairs_runs_to_its_report_with_one_certificate_of_both_stages()
    {
        using var folder = new TempFolder();
        var pairs = Pairs.Ellipses(60);
        var grouped = new ImageSet(pairs.Shape, pairs.Pixels, groups: [.. Enumerable.Range(0, 60).Select(i => $"patient {i / 2}")]);
        NpzFile.Write(grouped, folder["pairs.npz"]);
        var metrics = Run(folder, "pairs.npz");

        var section = Assert.Single(metrics.Sections, section => section.Id == "segmentation");
        Assert.Equal(["f1", "pairs", "divergence", "membership"], section.Tables.Select(table => table.Name));
        Assert.All(section.Tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count)));
        Assert.Equal(["real", "dual-gan", "dp-dual-gan", "dcgan", "real + dual-gan", "real + dp-dual-gan", "real + dcgan"], section.Tables[0].Rows.Select(row => row[0].Text));
        Assert.Equal(1, section.Tables[0].Rows[0][^2].Value);
        Assert.Equal(["held-out real", "dual-gan", "dp-dual-gan", "dcgan"], section.Tables[1].Rows.Select(row => row[0].Text));
        Assert.All(section.Pictures, picture => Assert.True(File.Exists(folder[$"run/sections/segmentation/{picture.File}"])));
        // Whether a synthetic image shows its own mask, and whether it is a copy, beside how well a network learns from it.
        Assert.Superset(new HashSet<string> { "alignment", "copies?", "masks kept" }, section.Tables[1].Columns.ToHashSet());
        Assert.All(section.Tables[1].Rows, row => Assert.InRange(row[4].Value!.Value, 0, 1));
        Assert.Contains(section.Tables[1].Rows, row => row[4].Value < 0.9); // what so short a training finds in an image is not its mask
        Assert.Contains("patients that no other split shares", section.Paragraphs[0], StringComparison.Ordinal);
        var finding = Verdict.Of(metrics)[0].Answers;
        Assert.StartsWith($"Trained on the real pairs, the network that segments reaches an F1 of {section.Tables[0].Rows[0][1].Value:0.000} (95 % interval ", finding[0], StringComparison.Ordinal);
        Assert.Equal(3, finding.Count(answer => answer.StartsWith("Trained on pairs of ", StringComparison.Ordinal)));

        var certificate = metrics.Methods["dp-dual-gan"].Certificate!;
        Assert.Equal(3, certificate.Plans.Count);
        Assert.Equal([2, 2, 2], certificate.StepsSpent);
        Assert.InRange(certificate.Epsilon, 4.9, 5);
        Assert.Null(metrics.Methods["dual-gan"].Certificate);
        var samples = ImageData.Open(folder["run/sampling/dp-dual-gan/samples.npz"]).Train;
        Assert.Equal(pairs.Shape, samples.Shape);
        Assert.Contains("of stage II generator", File.ReadAllText(folder["run/card.md"]), StringComparison.Ordinal);
        Assert.Contains("seed 1", File.ReadAllText(folder["run/card.md"]), StringComparison.Ordinal);
        // What a custodian hands on.
        Records.AssertAbsent(pairs, folder["run/sampling/dual-gan/samples.npz"], folder["run/sampling/dp-dual-gan/samples.npz"], folder["run/card.md"], folder["run/metrics.json"]);
    }

    [Fact]
    public void Images_without_masks_are_refused_before_any_work()
    {
        using var folder = new TempFolder();
        NpzFile.Write(Images.Noise(60, 1, 32, 32), folder["images.npz"]);
        Assert.Contains("'segmentation' needs pairs", Images.InputError(() => Run(folder, "images.npz")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["run/generation"]));
    }

    private static StudyMetrics Run(TempFolder folder, string data)
    {
        folder.Write("study.yaml", $$"""
            name: pairs
            data: { path: {{data}} }
            splits: { members: 0.6, nonMembers: 0.3, reference: 0.1, test: 0.2 }
            {{Methods}}
            sampling: { count: 20 }
            segmentation: { steps: 2, batchSize: 4, width: 2, repeats: 2, compared: 10 }
            """);
        using var run = RunDirectory.Start(folder["run"], StudyFile.Read(folder["study.yaml"]), resume: false);
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        using var pipeline = new Pipeline(run, ledger, TimeProvider.System);
        return pipeline.Run();
    }
}
