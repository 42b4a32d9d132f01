using System.IO.Compression;
using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies.Stages;

/// <summary>What a study says of codes where test images are of classes that no member has: drawings of alphabets of which each has its own characters, nearly alike from drawing to drawing.</summary>
public sealed class NovelClassesTests : IDisposable
{
    private const int Side = 28;
    private const int Drawings = 4;
    private readonly TempFolder _folder = new();

    public NovelClassesTests()
    {
        Zip("images_background_small1.zip", ["Greek", "Latin", "Korean"]);
        Zip("images_background_small2.zip", ["Tagalog"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Codes_are_judged_on_classes_of_the_test_images_themselves()
    {
        using var run = Start("attribute: character", "fewShot: { ways: 3, shots: [1, 3], episodes: 10 }");
        using var ledger = PrivacyLedger.Open(_folder["ledger.db"]);
        using var pipeline = new Pipeline(run, ledger, TimeProvider.System);
        var report = pipeline.Run();
        var section = Assert.Single(report.Sections, section => section.Id == "encodings");
        ReportTable Table(string name) => Assert.Single(section.Tables, table => table.Name == name);

        // Nearly equal drawings are told apart by their pixels without an error, and every method has its row in the same episodes.
        Assert.Equal(["pixels", "ae", "daae", "idaae", "pixels", "ae", "daae", "idaae"], Table("few-shot").Rows.Select(row => row[0].Text));
        Assert.Equal([1.0, 1, 1, 1, 3, 3, 3, 3], Table("few-shot").Rows.Select(row => row[1].Value!.Value));
        Assert.All(Table("few-shot").Rows, row => Assert.NotNull(row[2].Interval));
        Assert.All(Table("few-shot").Rows.Where(row => row[0].Text == "pixels"), row => Assert.Equal(1, row[2].Value));
        Assert.Contains("chance is 0.333", Table("few-shot").Caption, StringComparison.Ordinal);
        Assert.Equal(12, Table("few-shot-pairs").Rows.Count);
        Assert.Equal(["daae", "idaae"], Table("few-shot-pairs").Rows[5].Skip(1).Take(2).Select(cell => cell.Text));
        Assert.Equal(
            Table("few-shot").Rows[2][2].Value!.Value - Table("few-shot").Rows[3][2].Value!.Value, Table("few-shot-pairs").Rows[5][3].Value!.Value, 1e-12);

        // Machines that had learnt from members could name no test image.
        Assert.All(Table("codes").Rows, row => Assert.True(row[3].Value > 0.3 && row[4].Value > 0.3));
        Assert.Contains(section.Paragraphs, paragraph => paragraph.Contains("learns from 6 of the test images", StringComparison.Ordinal) && paragraph.Contains("the other 6", StringComparison.Ordinal));
        Assert.Contains("of classes that no member has", File.ReadAllText(run.Classification("real", "metrics.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("attribute: character", "fewShot: { shots: [1] }", "20-way 1-shot episodes need 20 classes of 2 test images or more, and there are 3")]
    [InlineData("attribute: character", "fewShot: { ways: 3, shots: [1, 4] }", "need 3 classes of 5 test images or more, and there are 0")]
    [InlineData("attribute: character", "fewShot: { ways: 3, shots: [] }", "'shots' in encodings.fewShot is empty")]
    [InlineData("size: 28", "fewShot: {}", "the test images have no labels")]
    public void Episodes_that_cannot_be_drawn_are_refused_before_any_work(string data, string encodings, string expected)
    {
        using var run = Start(data, encodings);
        using var ledger = PrivacyLedger.Open(_folder["ledger.db"]);
        Assert.Contains(expected, Images.InputError(() => { using var pipeline = new Pipeline(run, ledger, TimeProvider.System); }), StringComparison.Ordinal);
    }

    private RunDirectory Start(string data, string encodings)
    {
        _folder.Write("study.yaml", $$"""
            name: novel
            data: { path: ., {{data}} }
            splits: { members: 12, nonMembers: 12, reference: 12, test: official }
            methods:
              - { name: ae, steps: 3, batchSize: 4, width: 16, latentSize: 8 }
              - { name: daae, steps: 3, batchSize: 4, width: 16, latentSize: 8 }
              - { name: idaae, steps: 3, batchSize: 4, width: 16, latentSize: 8, copies: 2 }
            sampling: { count: 20 }
            classification: { network: cnn, steps: 3, batchSize: 4 }
            encodings: { samples: 20, parzenImages: 10, markovSteps: 0, shifts: [1], {{encodings}} }
            """);
        return RunDirectory.Start(_folder["run"], StudyFile.Read(_folder["study.yaml"]), resume: false);
    }

    private void Zip(string name, string[] alphabets)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (alphabet, letter, drawing) in alphabets.SelectMany(a => Enumerable.Range(0, 3).SelectMany(l => Enumerable.Range(0, Drawings).Select(d => (a, l, d)))))
            {
                var image = Images.Noise(1, 1, Side, Side, seed: (alphabet[0] * 10) + letter);
                image.Pixels[drawing] ^= 0x55;
                using var written = zip.CreateEntry($"set/{alphabet}/{letter}/{drawing}.png").Open();
                written.Write(ImageCodec.Encode(Raster.From(image, 0), ImageFormat.Png));
            }
        }
        _folder.Write(name, stream.ToArray());
    }
}
