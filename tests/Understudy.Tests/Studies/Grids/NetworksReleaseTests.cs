using Understudy.Data;
using Understudy.Studies.Grids;
using Understudy.Studies.Releases;
using Understudy.Tests.Data;
using Understudy.Tests.Generation.Dual;

namespace Understudy.Tests.Studies.Grids;

/// <summary>A GAN that is released with its discriminator, and without: what is attacked is what is released.</summary>
public sealed class NetworksReleaseTests : IDisposable
{
    private readonly NoiseGrid _noise = new(120, 28);

    public void Dispose() => _noise.Dispose();

    [Fact]
    public void The_discriminator_is_attacked_and_written_where_it_is_released_and_nowhere_else()
    {
        var grid = _noise.Run("""
            name: networks
            data: { path: data.npz }
            splits: { members: 40, nonMembers: 30, reference: 20, test: 30 }
            methods:
              - { name: cgan, steps: 2, batchSize: 8, width: 8, latentSize: 8, checkpointEvery: 2 }
              - { name: ssgan, steps: 2, batchSize: 8, width: 8, latentSize: 8, labelled: 8, checkpointEvery: 2 }
              - { name: kde, sigma: 10 }
            classification: { network: cnn, steps: 2, batchSize: 16 }
            attacks: [ { name: logan-white-box } ]
            grid:
              classifiers: [ { network: mlp, steps: 2, batchSize: 16 } ]
              releases: [ generator, networks ]
              draws: 1
            """);
        Assert.Empty(grid.Failures);

        Assert.Empty(Attacks("cgan", ReleaseKind.Generator));
        Assert.Equal(["logan-white-box"], Attacks("cgan", ReleaseKind.Networks));
        // Its classifier is its discriminator, and part of the model.
        Assert.Equal(["logan-white-box"], Attacks("ssgan", ReleaseKind.Generator));

        Assert.DoesNotContain("model/discriminator.pt", Release.Write(_noise.Directory, "cgan+s1~all", _noise.Folder["generator"], TimeProvider.System).Files);
        var released = Release.Write(_noise.Directory, "cgan+s1~networks", _noise.Folder["networks"], TimeProvider.System);
        Assert.Contains("model/discriminator.pt", released.Files);
        Assert.True(File.Exists(_noise.Folder["networks/model/discriminator.pt"]));
        Assert.Contains("A generator with its discriminator made by Understudy", Card("networks"), StringComparison.Ordinal);
        Assert.Contains("that none of them is like a real one is not promised", Card("networks"), StringComparison.Ordinal);
        Assert.Contains("No membership attack was tried on it.", Card("generator"), StringComparison.Ordinal);
        Assert.DoesNotContain("No membership attack", Card("networks"), StringComparison.Ordinal);
        Release.Write(_noise.Directory, "real+mlp+s1", _noise.Folder["classifier"], TimeProvider.System);
        Assert.Contains("It was trained on the real records themselves.", Card("classifier"), StringComparison.Ordinal);

        // Noise that no attack sees through, and yet the saved model is the records.
        Assert.Contains("the model of kde is its records", Images.InputError(() => Release.Write(_noise.Directory, "kde+s1~all", _noise.Folder["records"], TimeProvider.System)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_noise.Folder["records"]));

        string Card(string folder) => File.ReadAllText(_noise.Folder[$"{folder}/card.md"]);

        IEnumerable<string> Attacks(string method, ReleaseKind kind) =>
            grid.Rows.Where(row => row.Key.Method == method && row.Key.Release == kind).SelectMany(row => row.Cells).SelectMany(cell => cell.Attacks).Select(attack => attack.Name);
    }

    [Fact]
    public void What_a_model_keeps_to_be_measured_alone_is_not_released_with_it()
    {
        var grid = _noise.Run("""
            name: measured
            data: { path: data.npz }
            splits: { members: 40, nonMembers: 30, reference: 20, test: 30 }
            methods: [ { name: srgan, steps: 2, warmUpSteps: 1, featureSteps: 1, blocks: 1, batchSize: 8, width: 4, latentSize: 8, checkpointEvery: 2 } ]
            classification: { network: cnn, steps: 2, batchSize: 16 }
            attacks: [ { name: gan-leaks } ]
            grid:
              classifiers: [ { network: mlp, steps: 2, batchSize: 16 } ]
              releases: [ generator ]
              draws: 1
            """);
        Assert.Empty(grid.Failures);
        Assert.True(File.Exists(Path.Combine(_noise.Directory.Path, "generation/srgan+s1/model/unreleased/warmed.pt")));
        var files = Release.Write(_noise.Directory, "srgan+s1~all", _noise.Folder["generator"], TimeProvider.System).Files;
        Assert.Contains(files, file => file.StartsWith("model/", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Contains("unreleased", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_of_two_stages_is_released_whole()
    {
        NpzFile.Write(Pairs.Ellipses(120), _noise.Folder["data.npz"]);
        // Without classes no features are measured; what is released is attacked all the same.
        _noise.Run("""
            name: stages
            data: { path: data.npz }
            splits: { members: 40, nonMembers: 30, reference: 20, test: 30 }
            methods: [ { name: dual-gan, maskSteps: 2, imageSteps: 2, batchSize: 8, maskWidth: 2, imageWidth: 4, latentSize: 4 } ]
            classification: { network: cnn, steps: 2, batchSize: 16 }
            attacks: [ { name: gan-leaks } ]
            grid:
              classifiers: [ { network: mlp, steps: 2, batchSize: 16 } ]
              releases: [ generator ]
              draws: 1
            """);
        var model = Path.Combine(_noise.Directory.Path, "generation/dual-gan+s1/model");
        var saved = Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories).Select(file => $"model/{Path.GetRelativePath(model, file)}").Order(StringComparer.Ordinal).ToArray();
        Assert.Contains(saved, file => file.Count(letter => letter == '/') == 2);
        Assert.Equal(saved, Release.Write(_noise.Directory, "dual-gan+s1~all", _noise.Folder["generator"], TimeProvider.System).Files.Where(file => file.StartsWith("model/", StringComparison.Ordinal)));
    }
}
