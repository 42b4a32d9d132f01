using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Studies.Grids;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies.Grids;

/// <summary>A GAN that is released with its discriminator, and without: what is attacked is what is released.</summary>
public sealed class NetworksReleaseTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public NetworksReleaseTests() => NpzFile.Write(Images.Noise(120, height: 28, width: 28, classes: 2), _folder["data.npz"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_discriminator_is_attacked_and_written_where_it_is_released_and_nowhere_else()
    {
        var study = StudyFile.Read(_folder.Write("study.yaml", """
            name: networks
            data: { path: data.npz }
            splits: { members: 40, nonMembers: 30, reference: 20, test: 30 }
            methods:
              - { name: cgan, steps: 2, batchSize: 8, width: 8, latentSize: 8, checkpointEvery: 2 }
              - { name: ssgan, steps: 2, batchSize: 8, width: 8, latentSize: 8, labelled: 8, checkpointEvery: 2 }
            classification: { network: cnn, steps: 2, batchSize: 16 }
            attacks: [ { name: logan-white-box } ]
            grid:
              classifiers: [ { network: nearestNeighbours } ]
              releases: [ generator, networks ]
              draws: 1
            """));
        using var run = RunDirectory.Start(_folder["run"], study, resume: false);
        using var ledger = PrivacyLedger.Open(_folder["ledger.db"]);
        using var pipeline = new Pipeline(run, ledger, TimeProvider.System, cancellation: TestContext.Current.CancellationToken);
        var grid = pipeline.Run().Grid!;
        Assert.Empty(grid.Failures);

        Assert.Empty(Attacks("cgan", ReleaseKind.Generator));
        Assert.Equal(["logan-white-box"], Attacks("cgan", ReleaseKind.Networks));
        // Its classifier is its discriminator, and part of the model.
        Assert.Equal(["logan-white-box"], Attacks("ssgan", ReleaseKind.Generator));

        Assert.DoesNotContain("model/discriminator.pt", Release.Write(run, "cgan+s1~all", _folder["generator"], TimeProvider.System).Files);
        var released = Release.Write(run, "cgan+s1~networks", _folder["networks"], TimeProvider.System);
        Assert.Contains("model/discriminator.pt", released.Files);
        Assert.True(File.Exists(_folder["networks/model/discriminator.pt"]));
        Assert.Contains("A generator with its discriminator made by Understudy", File.ReadAllText(_folder["networks/card.md"]), StringComparison.Ordinal);

        IEnumerable<string> Attacks(string method, ReleaseKind kind) =>
            grid.Rows.Where(row => row.Key.Method == method && row.Key.Release == kind).SelectMany(row => row.Cells).SelectMany(cell => cell.Attacks).Select(attack => attack.Name);
    }
}
