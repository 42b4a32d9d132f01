using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies.Stages;

/// <summary>What a study says of the features of its discriminators, on images whose upper half is bright in one class and whose lower half is in the other.</summary>
public sealed class DiscriminatorFeaturesTests
{
    private const int Size = 28;

    [Fact]
    public void Features_of_every_discriminator_that_shows_them_are_measured_beside_pixels()
    {
        using var folder = new TempFolder();
        NpzFile.Write(Halves(200), folder["images.npz"]);
        folder.Write("study.yaml", """
            name: features
            data: { path: images.npz }
            splits: { members: 0.5, nonMembers: 0.2, reference: 0.1, test: 0.2 }
            methods:
              - { name: fcgan, steps: 3, batchSize: 8, width: 4, latentSize: 4 }
              - { name: ssgan, labelled: 4, steps: 3, batchSize: 8, width: 4, latentSize: 4 }
              - { name: cgan, steps: 2, batchSize: 8, width: 4, latentSize: 4, hidden: 8 }
              - { name: pca, components: 4 }
            sampling: { count: 20 }
            classification: { network: cnn, steps: 5, batchSize: 8 }
            encodings: { trainingCodes: 60, testImages: 40 }
            """);
        using var run = RunDirectory.Start(folder["run"], StudyFile.Read(folder["study.yaml"]), resume: false);
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        using var pipeline = new Pipeline(run, ledger, TimeProvider.System);
        var section = Assert.Single(pipeline.Run().Sections, section => section.Id == "encodings");

        // A discriminator that is told the class has no features of the image alone, and what has no discriminator has none.
        var table = Assert.Single(section.Tables);
        Assert.Equal("features", table.Name);
        Assert.Equal(["pixels", "fcgan", "ssgan"], table.Rows.Select(row => row[0].Text));
        Assert.Equal([Size * Size, 16, 8 * 7 * 7], table.Rows.Select(row => row[1].Value!.Value));
        // Such halves are told apart by random weights already.
        Assert.All(table.Rows, row => Assert.InRange(row[2].Value!.Value, 0.9, 1));
        Assert.All(table.Rows, row => Assert.NotNull(row[2].Interval));
        Assert.Contains("linear", section.Paragraphs[^1], StringComparison.Ordinal);
    }

    private static ImageSet Halves(int count)
    {
        var images = Images.Noise(count, 1, Size, Size, classes: 2);
        for (var i = 0; i < images.Pixels.Length; i++)
            images.Pixels[i] = (byte)((images.Pixels[i] / 8) + (i % (Size * Size) / (Size * Size / 2) == images.Labels![i / (Size * Size)] ? 200 : 0));
        return images;
    }
}
