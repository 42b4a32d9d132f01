using Understudy.Attacks.Features;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Attacks.Densities;

/// <summary>A density learned by a flow from standardised features, by maximum likelihood.</summary>
internal sealed class FlowDensity : IDisposable
{
    private const int BatchSize = 128;
    private const double LearningRate = 1e-3;
    private const double WeightDecay = 1e-4;

    private readonly Standardisation _scale;
    private readonly CouplingFlow _flow;

    private FlowDensity(FeatureMatrix records, ulong seed)
    {
        _scale = new Standardisation(records);
        TorchRuntime.ManualSeed(seed);
        _flow = new CouplingFlow(records.Dimension);
    }

    /// <summary>Trains on all records for a fixed number of steps.</summary>
    /// <exception cref="InputException">There are fewer than two records or fewer than two features.</exception>
    public static FlowDensity Fit(FeatureMatrix records, int steps, ulong seed)
    {
        if (records.Count < 2 || records.Dimension < 2)
            throw new InputException($"{records.Count} records of {records.Dimension} features are too few for a flow, which needs 2 of 2; estimate by kernels");
        var density = new FlowDensity(records, Seed.Derive(seed, "initialization"));
        density.Train(records, steps, seed);
        return density;
    }

    /// <summary>[Q] natural logarithm of the density at each query.</summary>
    public double[] LogDensity(FeatureMatrix queries)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = new TensorScope();
        return Array.ConvertAll(_flow.Forward(_scale.Apply(queries)).ToArray<float>(), value => value - _scale.LogVolume);
    }

    public void Dispose() => _flow.Dispose();

    private void Train(FeatureMatrix records, int steps, ulong seed)
    {
        using var scope = new TensorScope();
        var data = _scale.Apply(records);
        using var optimizer = new Adam(_flow.Parameters, LearningRate, weightDecay: WeightDecay);
        var sampler = new BatchSampler(records.Count, BatchSize, Seed.Derive(seed, "batches"));
        for (var step = 0; step < steps; step++)
        {
            using var inner = new TensorScope();
            optimizer.LearningRate = LearningRate * LearningRateFactor.Cosine(steps)(step);
            var batch = sampler.Batch(step);
            var loss = -_flow.Forward(data.IndexSelect(0, Tensor.From(batch, batch.Length))).Mean();
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
        }
    }
}
