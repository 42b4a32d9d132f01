using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Cli.Bench;

/// <summary>A DCGAN in training on random images of 28x28, batch 128: what bench/peers/dcgan_step.py does, and the loop around it.</summary>
/// <param name="afterSteps">Called in the middle of the training with the number of steps done so far.</param>
internal sealed class DcganTraining(Action<int> afterSteps) : IProgress<StageProgress>
{
    private const int Images = 1280;

    /// <summary>Trains from the start, in a folder of its own that is deleted afterwards.</summary>
    public void Run(int steps, CancellationToken cancellation)
    {
        var shape = new ImageShape(1, 28, 28);
        var pixels = new byte[Images * shape.Length];
        new Random(1).NextBytes(pixels);
        var folder = Directory.CreateTempSubdirectory("understudy-bench-");
        try
        {
            using var dcgan = new Dcgan(new PlainGanOptions { Steps = steps, CheckpointEvery = steps }, shape, []);
            using var ledger = PrivacyLedger.Open(Path.Combine(folder.FullName, "ledger.db"));
            var images = new PrivateData<ImageSet>(new ImageSet(shape, pixels), Images, new PrivacySection().Account(new string('0', 64)), ledger, "bench");
            dcgan.Fit(images, new FitContext(folder.FullName, 1, this, cancellation));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public void Report(StageProgress value) => afterSteps((int)value.Done);
}
