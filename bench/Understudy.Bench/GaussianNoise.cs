using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Understudy.Privacy.Noise;
using Understudy.Torch;

namespace Understudy.Bench;

/// <summary>Normal numbers on one thread: libtorch's own, which are neither secret nor hardened, and those that guarantees rest on.</summary>
public class GaussianNoise
{
    private const int Count = 16_384; // the most that are made on one thread

    private readonly CounterStream stream = CounterStream.WithSystemKey();
    private readonly NoiseSource source = new SystemNoiseSource();
    private readonly Tensor single = Tensor.Zeros([Count]);
    private readonly Tensor twofold = Tensor.Zeros([Count], DType.Float64);
    private readonly double[] doubles = new double[Count];
    private readonly float[] floats = new float[Count];

    [Benchmark(Baseline = true)]
    public void LibtorchSingle() => single.FillNormal();

    [Benchmark]
    public void LibtorchDouble() => twofold.FillNormal();

    /// <summary>Four times 4096 numbers, which stay in the nearest cache.</summary>
    [Benchmark]
    public void Plain()
    {
        for (var i = 0; i < 4; i++)
        {
            var numbers = doubles.AsSpan(0, Count / 4);
            stream.Fill(0, MemoryMarshal.AsBytes(numbers));
            BoxMuller.Transform(numbers);
        }
    }

    [Benchmark]
    public void HardenedSingle() => source.AddGaussian(floats, 1);

    [Benchmark]
    public void HardenedDouble() => source.AddGaussian(doubles, 1);
}
