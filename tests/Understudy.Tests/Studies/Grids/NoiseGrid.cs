using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Studies.Grids;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies.Grids;

/// <summary>A study with a grid on images of noise, data.npz, in a folder of its own: for what a grid does, not what it is good for.</summary>
internal sealed class NoiseGrid : IDisposable
{
    private RunDirectory? _directory;

    /// <param name="images">How many, of two classes.</param>
    /// <param name="size">Their height and width.</param>
    public NoiseGrid(int images, int size) => NpzFile.Write(Images.Noise(images, height: size, width: size, classes: 2), Folder["data.npz"]);

    /// <summary>Where the data and the run are.</summary>
    public TempFolder Folder { get; } = new();

    /// <summary>The run's folder.</summary>
    public RunDirectory Directory => _directory ?? throw new InvalidOperationException("no study has been run");

    /// <summary>Runs a study, once, in this process.</summary>
    public GridMetrics Run(string study)
    {
        _directory = RunDirectory.Start(Folder["run"], StudyFile.Read(Folder.Write("study.yaml", study)), resume: false);
        using var ledger = PrivacyLedger.Open(Folder["ledger.db"]);
        using var pipeline = new Pipeline(_directory, ledger, TimeProvider.System, cancellation: TestContext.Current.CancellationToken);
        return pipeline.Run().Grid!;
    }

    public void Dispose()
    {
        _directory?.Dispose();
        Folder.Dispose();
    }
}
