using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Tests.Data;
using Understudy.Tests.Generation.Dual;

namespace Understudy.Tests.Studies.Stages;

public sealed class TranslationsStageTests
{
    [Fact]
    public void Of_pairs_the_painted_images_alone_are_compared_with_the_true_ones_and_with_the_mean_image()
    {
        using var folder = new TempFolder();
        NpzFile.Write(Pairs.Ellipses(60), folder["pairs.npz"]);
        folder.Write("study.yaml", """
            name: masks
            data: { path: pairs.npz }
            splits: { members: 0.6, nonMembers: 0.3, reference: 0.1, test: 0.2 }
            methods: [ { name: pix2pix, source: mask, steps: 2, batchSize: 8, width: 4, latentSize: 4 } ]
            sampling: { count: 10 }
            translations: { images: 1000, shown: 3 }
            """);
        var study = StudyFile.Read(folder["study.yaml"]);
        using var run = RunDirectory.Start(folder["run"], study, resume: false);
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        using var pipeline = new Pipeline(run, ledger, TimeProvider.System);
        var metrics = pipeline.Run();
        var section = Assert.Single(metrics.Sections, section => section.Id == "translations");
        Assert.Contains(metrics.Unaccounted, read => read.By == "translations");

        var row = Assert.Single(Assert.Single(section.Tables).Rows);
        var splits = Splits.Create(study.Data.Open(), study.Splits.ToOptions(), study.Seed);
        var (members, test) = (ImagePairs.Images(splits.Members), ImagePairs.Images(splits.Test));
        var mean = Enumerable.Range(0, members.Shape.Length).Select(p => Enumerable.Range(0, members.Count).Average(i => (double)members.Image(i)[p])).ToArray();
        Assert.Equal(Enumerable.Range(0, test.Pixels.Length).Average(i => Math.Abs(test.Pixels[i] - mean[i % mean.Length])), row[2].Value!.Value, 1e-9);
        Assert.Equal(row[1].Value!.Value - row[2].Value!.Value, row[3].Value!.Value, 1e-9);
        Assert.All(row.Skip(1).Take(3), cell => Assert.NotNull(cell.Interval));
        Assert.True(File.Exists(run.Section("translations", Assert.Single(section.Pictures).File)));
    }
}
