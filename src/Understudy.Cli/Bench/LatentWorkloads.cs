using System.Diagnostics;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Gan;
using Understudy.Privacy.Ledger;
using Understudy.Sampling;
using Understudy.Sampling.Inversion;
using Understudy.Sampling.Walk;
using Understudy.Studies;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Cli.Bench;

/// <summary>Inversion and PLAN in a DCGAN of 28×28: what bench/peers/inversion.py and bench/peers/plan_walk.py do.</summary>
internal sealed class LatentWorkloads : IDisposable
{
    public const int InvertedImages = 500;
    public const int WalkPoints = 50;

    private const int Identities = 1000;
    private static readonly ImageShape Shape = new(1, 28, 28);
    private static readonly string[] Classes = ["0", "1"];
    private static readonly InversionOptions Options = new() { Restarts = 1, CorrectionIterations = 0, BatchSize = InvertedImages };

    private readonly Dcgan dcgan = Barely();
    private readonly Module identity = Still(new Classification.ResidualNetwork(new ResidualLayout(32, 2, [32, 64, 128], 1, 0, 1, 0), 1, Identities));
    private readonly Module task = Still(new Cnn(Shape, Classes.Length));
    private readonly ILatentGenerator generator;
    private readonly ImageSet images;
    private readonly WalkPairs pairs;

    public LatentWorkloads()
    {
        generator = dcgan.OpenLatents();
        images = LatentImages.Decode(generator, LatentImages.Draw(generator, null, InvertedImages, 1));
        // Classes do not matter here: every walk is of the class that its ends are said to have.
        var latents = LatentImages.Draw(generator, null, 40, 2);
        pairs = EndPoints.Checked(latents, new int[latents.Count], Classes, LatentImages.Draw(generator, null, 40, 3)).Pairs(1, 1);
    }

    /// <summary>Seconds of so many iterations on all images at once.</summary>
    public double Invert(int iterations)
    {
        var inversion = new GeneratorInversion(generator, Options with { Iterations = iterations });
        var begin = Stopwatch.GetTimestamp();
        inversion.Invert(images, 1);
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <summary>Seconds of so many steps on one walk.</summary>
    public double Walk(int steps)
    {
        var plan = new PlanWalk(generator, identity.Forward, task.Forward, new WalkOptions { Points = WalkPoints, Steps = steps });
        var begin = Stopwatch.GetTimestamp();
        plan.Walk(pairs);
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    public void Dispose()
    {
        generator.Dispose();
        dcgan.Dispose();
        identity.Dispose();
        task.Dispose();
    }

    private static Module Still(Module network)
    {
        network.To(TorchRuntime.DefaultDevice);
        network.Eval();
        network.Freeze();
        return network;
    }

    /// <summary>A DCGAN after one step on noise: what it makes does not matter here.</summary>
    private static Dcgan Barely()
    {
        const int records = 32;
        var pixels = new byte[records * Shape.Length];
        new Random(1).NextBytes(pixels);
        var folder = Directory.CreateTempSubdirectory("understudy-bench-");
        try
        {
            var fitted = new Dcgan(new PlainGanOptions { Steps = 1, BatchSize = records }, Shape, []);
            using var ledger = PrivacyLedger.Open(Path.Combine(folder.FullName, "ledger.db"));
            fitted.Fit(
                new PrivateData<ImageSet>(new ImageSet(Shape, pixels), records, new PrivacySection().Account(new string('0', 64)), ledger, "bench"),
                new FitContext(folder.FullName, 1));
            return fitted;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
