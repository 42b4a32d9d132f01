using Understudy.Data;
using Understudy.Generation.Autoencoders;
using Understudy.Metrics;
using Understudy.Sampling;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Sampling;

public sealed class CodeRecoveryTests
{
    [Fact]
    public void The_share_explained_is_that_computed_by_hand()
    {
        var drawn = new FeatureMatrix([0, 1, 2, 3], 2, 2); // means 1 and 2: squares 1 + 1 + 1 + 1
        Assert.Equal(1, CodeRecovery.Explained(drawn, drawn));
        Assert.Equal(0, CodeRecovery.Explained(drawn, new FeatureMatrix([1, 2, 1, 2], 2, 2)));
        Assert.Equal(1 - (5 / 4.0), CodeRecovery.Explained(drawn, new FeatureMatrix([0, 2, 4, 3], 2, 2)));
    }

    /// <summary>A discriminator of pairs leaves the encoder no better answer than to invert the generator: BiGAN's E(G(z)) explains more than half of z, which untrained it does not.</summary>
    [Fact]
    public void An_encoder_taught_by_a_discriminator_of_pairs_finds_the_codes_of_generated_images()
    {
        using var folder = new TempFolder();
        var members = Spots(256);
        var options = new AliOptions { Steps = 800, BatchSize = 16, Width = 8, LatentSize = 2, Stochastic = false, LearningRate = 1e-3, EmaDecay = 0.9, CheckpointEvery = 1000 };
        using var ali = new Ali(options with { Steps = 1 }, members.Shape, []);
        ali.Fit(members.Private(folder), new FitContext(folder["untrained"], 1));
        var untrained = CodeRecovery.Measure(ali, ali, 200, seed: 2);
        using var trained = new Ali(options, members.Shape, []);
        trained.Fit(members.Private(folder), new FitContext(folder["trained"], 1));
        var found = CodeRecovery.Measure(trained, trained, 200, seed: 2);
        Assert.True(found > 0.5 && untrained < 0.1, $"R² {found} after training, {untrained} before");
    }

    /// <summary>Bright spots of one size, each at a place of its own.</summary>
    private static ImageSet Spots(int count)
    {
        const int side = 28;
        var random = new Random(1);
        var pixels = new byte[count * side * side];
        for (var i = 0; i < count; i++)
        {
            double x = 8 + (12 * random.NextDouble()), y = 8 + (12 * random.NextDouble());
            for (var p = 0; p < side * side; p++)
                pixels[(i * side * side) + p] = (byte)(255 * Math.Exp(-(Math.Pow((p % side) - x, 2) + Math.Pow((p / side) - y, 2)) / 32));
        }
        return new ImageSet(new ImageShape(1, side, side), pixels);
    }
}
