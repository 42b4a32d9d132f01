using BenchmarkDotNet.Attributes;
using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Bench;

/// <summary>The nearest of 60,000 images of 28 x 28 for each of 10,000: the work of peers/nearest_neighbours.py.</summary>
public class NeighbourSearch
{
    private readonly ImageSet queries = Noise(10_000, seed: 1);
    private readonly ImageSet references = Noise(60_000, seed: 2);

    [Benchmark]
    public Neighbours Find() => NearestNeighbours.Find(queries, references);

    private static ImageSet Noise(int count, int seed)
    {
        var shape = new ImageShape(1, 28, 28);
        var pixels = new byte[count * shape.Length];
        new Random(seed).NextBytes(pixels);
        return new ImageSet(shape, pixels);
    }
}
