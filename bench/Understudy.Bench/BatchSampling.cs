using BenchmarkDotNet.Attributes;
using Understudy.Privacy;
using Understudy.Privacy.Sampling;

namespace Understudy.Bench;

/// <summary>One Poisson batch: 256 of 60,000 records on average, one secret coin a record.</summary>
public class BatchSampling
{
    private readonly PoissonSampler sampler = new(60_000, new SamplingRate(256.0 / 60_000));

    [Benchmark]
    public SampledBatch Next() => sampler.Next();
}
