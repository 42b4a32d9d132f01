using System.Diagnostics;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Cli.Bench;

/// <summary>A network and a batch of random data, whose gradient is taken as it is and clipped record by record.</summary>
internal sealed class PrivateWorkload : IDisposable
{
    private const int Classes = 10;

    private readonly Module network;
    private readonly Func<Tensor, Tensor> losses;
    private readonly Tensor data;
    private ClippedGradient? gradient;

    private PrivateWorkload(string name, Module network, Tensor data, Func<Tensor, Tensor> losses) =>
        (Name, this.network, this.data, this.losses) = (name, network, data, losses);

    /// <summary>What it is.</summary>
    public string Name { get; }

    /// <summary>Numbers in all parameters together.</summary>
    public long ParameterCount => network.Parameters.Sum(parameter => parameter.Count);

    /// <summary>The discriminator of a DCGAN without normalisation, 28×28.</summary>
    public static PrivateWorkload Discriminator(int batch)
    {
        TorchRuntime.ManualSeed(1);
        const int width = 64, places = 7 * 7;
        var model = new Sequential(
            new Conv2d(1, width, 4, stride: 2, padding: 1), new LeakyReLU(0.2), // [B, 64, 14, 14]
            new Conv2d(width, 2 * width, 4, stride: 2, padding: 1), new LeakyReLU(0.2), // [B, 128, 7, 7]
            new Flatten(), new Linear(2 * width * places, 1));
        return new($"GAN discriminator, 28x28, batch {batch}", model, Tensor.RandN([batch, 1, 28, 28]), x => Functional.Softplus(-model.Forward(x).Squeeze(1)));
    }

    /// <summary>A perceptron with two hidden layers of 1024.</summary>
    public static PrivateWorkload Perceptron(int batch)
    {
        TorchRuntime.ManualSeed(1);
        const int inputs = 784, hidden = 1024;
        var model = new Sequential(new Linear(inputs, hidden), new ReLU(), new Linear(hidden, hidden), new ReLU(), new Linear(hidden, Classes));
        return new($"MLP {inputs}-{hidden}-{hidden}-{Classes}, batch {batch}", model, Tensor.RandN([batch, inputs]), Classified(model));
    }

    /// <summary>A residual network with group normalisation, 32×32.</summary>
    public static PrivateWorkload Residual(int batch)
    {
        TorchRuntime.ManualSeed(1);
        var model = new ResidualNetwork(Classes);
        return new($"residual network with GroupNorm, 32x32, batch {batch}", model, Tensor.RandN([batch, 3, 32, 32]), Classified(model));
    }

    /// <summary>Takes the plain gradient a number of times; seconds in all.</summary>
    public double Plain(int times) => Seconds(times, () =>
    {
        network.ZeroGrad();
        losses(data).Sum().Backward();
    });

    /// <summary>Takes the clipped gradient a number of times; seconds in all.</summary>
    public double Private(int times)
    {
        gradient ??= new ClippedGradient(network, new FlatClipping(1));
        return Seconds(times, () =>
        {
            gradient.Reset();
            gradient.Accumulate((int)data.Size(0), part => losses(data.Narrow(0, part.Start.Value, part.End.Value - part.Start.Value)));
        });
    }

    public void Dispose()
    {
        gradient?.Dispose();
        network.Dispose();
        data.Dispose();
    }

    private static Func<Tensor, Tensor> Classified(Module model) => x =>
        Functional.CrossEntropy(model.Forward(x), Tensor.Zeros([x.Size(0)], DType.Int64), Reduction.None);

    private static double Seconds(int times, Action work)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            using var scope = new TensorScope();
            work();
        }
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
