using System.Diagnostics;
using Understudy.Privacy;
using Understudy.Privacy.Mechanisms;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training.Private;

namespace Understudy.Cli.Bench;

/// <summary>A network and a batch of random data, whose gradient is taken as it is, clipped record by record, and clipped, noised and followed.</summary>
internal sealed class PrivateWorkload : IDisposable
{
    private const int Classes = 10;
    private const double Bound = 1;
    private const double LearningRate = 1e-3;

    private readonly Module network;
    private readonly Func<Tensor, Tensor> losses;
    private readonly Tensor data;
    private readonly float[] numbers; // of all parameters
    private ClippedGradient? gradient;

    private PrivateWorkload(string name, Module network, Tensor data, Func<Tensor, Tensor> losses)
    {
        (Name, this.network, this.data, this.losses) = (name, network, data, losses);
        numbers = new float[ParameterCount];
    }

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
        gradient ??= new ClippedGradient(network, new FlatClipping(Bound));
        return Seconds(times, () => Accumulate(gradient));
    }

    /// <summary>Takes a step of DP-SGD a number of times, secure noise and update included; seconds in all.</summary>
    public double Step(int times)
    {
        gradient ??= new ClippedGradient(network, new FlatClipping(Bound));
        using var optimizer = new Sgd(network.Parameters, LearningRate);
        return Seconds(times, () =>
        {
            Accumulate(gradient);
            var at = 0;
            foreach (var sum in gradient.Sums)
            {
                sum.CopyTo(numbers.AsSpan(at, (int)sum.Count));
                at += (int)sum.Count;
            }
            new GaussianMechanism(NeighbouringRelation.AddOrRemoveOne, Bound, new NoiseMultiplier(1)).Release(numbers);
            at = 0;
            foreach (var parameter in gradient.Parameters)
            {
                parameter.Grad = Tensor.From<float>(numbers.AsSpan(at, (int)parameter.Count), parameter.Shape) / data.Size(0);
                at += (int)parameter.Count;
            }
            optimizer.Step();
        });
    }

    public void Dispose()
    {
        gradient?.Dispose();
        network.Dispose();
        data.Dispose();
    }

    private void Accumulate(ClippedGradient clipped)
    {
        clipped.Reset();
        clipped.Accumulate((int)data.Size(0), part => losses(data.Narrow(0, part.Start.Value, part.End.Value - part.Start.Value)));
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
