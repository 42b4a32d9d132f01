using Understudy.Generation.Networks;
using Understudy.Privacy;
using Understudy.Tests.Data;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Training;
using Understudy.Training.Private;
using F = Understudy.Torch.Functional;

namespace Understudy.Tests.Training.Private;

/// <summary>The discriminator of a private InfoGAN, whose second head learns from generated images alone, beside the same training without privacy.</summary>
public sealed class PlainStepsTests
{
    private const int Records = 8, Steps = 5, Side = 28;
    private const double Unreached = 1e9;

    [Fact]
    public void Without_noise_and_with_an_unreached_bound_each_step_is_the_plain_one()
    {
        using var scope = new TensorScope();
        var plain = Plain();
        var @private = Private(Unreached);
        for (var step = 0; step < Steps; step++)
        {
            Assert.InRange(Distance(plain[step], plain[step + 1]), 1e-3, 1);
            Assert.InRange(Distance(plain[step + 1], @private[step + 1]), 0, 1e-5);
        }
    }

    [Fact]
    public void With_a_bound_in_the_way_it_is_not()
    {
        using var scope = new TensorScope();
        Assert.InRange(Distance(Plain()[1], Private(1e-3)[1]), 1e-3, 1);
    }

    /// <summary>The weights at first and after each step.</summary>
    private static float[][] Private(double bound)
    {
        using var folder = new TempFolder();
        using var network = Network();
        using var optimizer = new Sgd(network.Parameters, 0.1);
        var fakes = Fakes();
        // Every record joins every step.
        var plan = DpPlan.Calibrate(new Epsilon(1), new Delta(1e-5), NeighbouringRelation.AddOrRemoveOne, Records, Records, new FlatClipping(bound), Steps);
        using var training = new PrivateTraining("plan", plan, Members.Private(folder), PixelRange.Unit, network.Source, optimizer, new NoNoise());
        var walk = new List<float[]> { Weights(network) };
        while (training.TryStep((x, _, companions) => Real(network, x) + Fake(network, fakes.IndexSelect(0, companions)), Records, () => Codes(network, fakes))) walk.Add(Weights(network));
        Assert.Equal(Steps + 1, walk.Count);
        return [.. walk];
    }

    private static float[][] Plain()
    {
        using var network = Network();
        using var optimizer = new Sgd(network.Parameters, 0.1);
        using var data = new ImageTensors(Members, PixelRange.Unit, TorchRuntime.DefaultDevice);
        var x = data.Images(0, Records);
        var fakes = Fakes();
        // Words whose bits are all 1 choose the last companion.
        var companions = fakes.Narrow(0, Records - 1, 1).Expand([Records, 1, Side, Side]);
        var walk = new List<float[]> { Weights(network) };
        for (var step = 0; step < Steps; step++)
        {
            optimizer.ZeroGrad();
            ((Real(network, x) + Fake(network, companions)).Mean() + Codes(network, fakes)).Backward();
            optimizer.Step();
            walk.Add(Weights(network));
        }
        return [.. walk];
    }

    private static Understudy.Data.ImageSet Members => Images.Noise(Records, 1, Side, Side);

    private static InfoGanDiscriminator Network()
    {
        TorchRuntime.ManualSeed(3);
        return new InfoGanDiscriminator(new Understudy.Data.ImageShape(1, Side, Side), width: 64, codeParameters: 4, normalized: false);
    }

    private static Tensor Fakes()
    {
        TorchRuntime.ManualSeed(4);
        return Tensor.Rand([Records, 1, Side, Side]);
    }

    private static Tensor Real(InfoGanDiscriminator network, Tensor x) => F.Softplus(-network.Source.Forward(x)).Squeeze(1);

    private static Tensor Fake(InfoGanDiscriminator network, Tensor x) => F.Softplus(network.Source.Forward(x)).Squeeze(1);

    // The largest difference.
    private static float Distance(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();

    // A loss on generated images that lowers trunk and code head in the same update.
    private static Tensor Codes(InfoGanDiscriminator network, Tensor fakes) => network.Heads(fakes).Code.Square().Mean();

    private static float[] Weights(InfoGanDiscriminator network) => [.. network.Parameters.SelectMany(p => p.ToArray<float>())];
}
