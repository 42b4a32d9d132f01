using System.Globalization;
using Understudy.Data;
using Understudy.Studies;

namespace Understudy.Cli.Tests;

/// <summary>A study of methods that translate, too small to mean anything.</summary>
public sealed class TranslationsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("understudy-translations-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AStudyShowsWhatItsMethodsMakeOfTestImages()
    {
        var run = Path.Combine(_folder, "run");
        var study = Path.Combine(_folder, "translations.yaml");
        File.WriteAllText(study, string.Create(CultureInfo.InvariantCulture, $$"""
            name: translations
            seed: 1
            data: { path: {{Path.Combine(Source.Root, "data", "pneumoniamnist", "pneumoniamnist.npz")}}, classes: [normal, pneumonia] }
            splits: { members: 256, nonMembers: 160, reference: 128, test: official }
            methods:
              - { name: pix2pix, steps: 2, width: 4, latentSize: 4 }
              - { name: cyclegan, steps: 2, width: 4, latentSize: 4, blocks: 1, batchSize: 4 }
              - { name: srgan, steps: 2, width: 4, latentSize: 4, blocks: 1, warmUpSteps: 1, featureSteps: 2 }
              - { name: cogan, steps: 2, width: 4, latentSize: 4, batchSize: 8 }
              - { name: fcgan, steps: 2, width: 4, latentSize: 4, batchSize: 8 }
            sampling: { count: 100 }
            classification: { network: cnn, steps: 5, batchSize: 32 }
            translations: { images: 20, shown: 3 }
            """));
        var (code, _, error) = Cli.Run("run", study, "--output", run, "--json");
        Assert.True(code == 0, error);

        var section = ReportSection.Read(Path.Combine(run, "sections", "translations"))!;
        Assert.Equal(["errors", "enlargements", "cycles"], section.Tables.Select(table => table.Name));
        Assert.Equal(["pix2pix", "cyclegan", "srgan"], section.Tables[0].Rows.Select(row => row[0].Text));
        Assert.All(section.Tables[0].Rows, row => Assert.InRange(row[1].Value!.Value, 1, 255));
        Assert.All(section.Tables[0].Rows, row => Assert.InRange(row[5].Value!.Value, row[5].Interval!.Value.Lower, row[5].Interval!.Value.Upper));
        var enlarged = section.Tables[1].Rows;
        Assert.Equal(["the method", "its stage of squared error", "bicubic", "bilinear"], enlarged.Select(row => row[1].Text));
        Assert.Equal(section.Tables[0].Rows[2][4].Value, enlarged[0][2].Value); // PSNR of srgan, of whom alone sources are small
        Assert.NotEqual(enlarged[0][2].Value, enlarged[1][2].Value);
        Assert.InRange(enlarged[2][2].Value!.Value, 15, 60); // of an X-ray of 7×7
        Assert.InRange(enlarged[3][2].Value!.Value, 15, 60);
        Assert.InRange(enlarged[2][3].Value!.Value, 0.3, 1);
        Assert.Equal(["pix2pix", "cyclegan", "srgan", "cogan"], section.Pictures.Select(picture => Path.GetFileNameWithoutExtension(picture.File)));
        Assert.All(section.Pictures, picture => Assert.True(File.Exists(Path.Combine(run, "sections", "translations", picture.File))));
        Assert.Contains("Translations", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void VolumesAreRefusedBeforeAnyWork()
    {
        var (run, study) = (Path.Combine(_folder, "run"), Path.Combine(_folder, "volumes.yaml"));
        var voxels = new byte[60 * 3200];
        new Random(1).NextBytes(voxels);
        NpzFile.Write(new ImageSet(new ImageShape(8, 20, 20) { IsVolume = true }, voxels), Path.Combine(_folder, "volumes.npz"));
        File.WriteAllText(study, """
            name: volumes
            data: { path: volumes.npz }
            splits: { members: 20, nonMembers: 10, reference: 10, test: 20 }
            methods: [ { name: gan3d, steps: 2, width: 2 } ]
            translations: { images: 10 }
            """);
        var (code, _, error) = Cli.Run("run", study, "--output", run);
        Assert.Equal(2, code);
        Assert.EndsWith("volumes of 8x20x20 are not translated, images are: leave out pix2pix, cyclegan, srgan, cogan and 'translations', or give images; gan3d draws volumes", error.TrimEnd(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(run, "generation")));
    }
}
