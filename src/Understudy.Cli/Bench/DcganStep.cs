using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;

namespace Understudy.Cli.Bench;

/// <summary>One training step of a DCGAN at 28x28: what bench/peers/dcgan_step.py does.</summary>
internal sealed class DcganStep : IDisposable
{
    private const int BatchSize = 128;
    private const int NoiseSize = 100;

    private readonly Sequential _generator;
    private readonly Sequential _discriminator;
    private readonly Adam _generatorOptimizer;
    private readonly Adam _discriminatorOptimizer;
    private readonly Tensor _real = TensorScope.Persist((Tensor.Rand([BatchSize, 1, 28, 28]) * 2) - 1);

    public DcganStep()
    {
        TorchRuntime.ManualSeed(1);
        _generator = new Sequential(
            new Linear(NoiseSize, 7 * 7 * 128, bias: false), new BatchNorm1d(7 * 7 * 128), new ReLU(), // [B, 6272]
            new Reshape(128, 7, 7),
            new ConvTranspose2d(128, 64, 4, stride: 2, padding: 1, bias: false), new BatchNorm2d(64), new ReLU(), // [B, 64, 14, 14]
            new ConvTranspose2d(64, 1, 4, stride: 2, padding: 1), new Tanh()); // [B, 1, 28, 28]
        _discriminator = new Sequential(
            new Conv2d(1, 64, 4, stride: 2, padding: 1), new LeakyReLU(0.2), // [B, 64, 14, 14]
            new Conv2d(64, 128, 4, stride: 2, padding: 1, bias: false), new BatchNorm2d(128), new LeakyReLU(0.2), // [B, 128, 7, 7]
            new Flatten(), new Linear(128 * 7 * 7, 1)); // [B, 1]
        _generatorOptimizer = new Adam(_generator.Parameters, 2e-4, 0.5);
        _discriminatorOptimizer = new Adam(_discriminator.Parameters, 2e-4, 0.5);
    }

    /// <summary>One step of the discriminator, on a real batch and a generated one, and one of the generator.</summary>
    public void Run()
    {
        using var scope = new TensorScope();
        _discriminatorOptimizer.ZeroGrad();
        var fake = _generator.Forward(Tensor.RandN([BatchSize, NoiseSize]));
        var discriminatorLoss = Loss(_real, 1) + Loss(fake.Detach(), 0);
        discriminatorLoss.Backward();
        _discriminatorOptimizer.Step();

        _generatorOptimizer.ZeroGrad();
        _discriminator.Freeze();
        Loss(fake, 1).Backward();
        _discriminator.Unfreeze();
        _generatorOptimizer.Step();
    }

    public void Dispose()
    {
        _generatorOptimizer.Dispose();
        _discriminatorOptimizer.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        _real.Dispose();
    }

    private Tensor Loss(Tensor images, double target) => Functional.BinaryCrossEntropyWithLogits(_discriminator.Forward(images), target);
}
