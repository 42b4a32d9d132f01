using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Classification.Probes;

/// <summary>A linear model of classes on features that another network has learnt for something else: what they tell of classes.</summary>
/// <remarks>Softmax regression on features of mean 0 and variance 1, as Radford, Metz, Chintala, ICLR 2016, 1511.06434, section 5, judge a discriminator by a linear model.</remarks>
public static class LinearProbe
{
    private const int Steps = 1500;
    private const int BatchSize = 128;
    private const double LearningRate = 1e-3;
    private const double WeightDecay = 1e-3;
    private const double LeastDeviation = 1e-6;

    /// <summary>The share of test records whose class it names, with its exact interval.</summary>
    /// <param name="train">[N, D].</param>
    /// <param name="labels">[N] classes in [0, K).</param>
    /// <param name="test">[M, D] of other records.</param>
    /// <param name="testLabels">[M] classes in [0, K).</param>
    /// <param name="seed">Of weights and batches.</param>
    /// <exception cref="InputException">There are no records, or lengths disagree.</exception>
    public static Metric Accuracy(FeatureMatrix train, int[] labels, FeatureMatrix test, int[] testLabels, ulong seed)
    {
        if (train.Count == 0 || test.Count == 0) throw new InputException("a linear model learns from records and is tested on others; give at least one of each");
        if (train.Count != labels.Length || test.Count != testLabels.Length || train.Dimension != test.Dimension)
            throw new InputException($"{train.Count} and {test.Count} records of {train.Dimension} and {test.Dimension} features do not go with {labels.Length} and {testLabels.Length} labels");
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(Seed.Derive(seed, "probe"));
        var device = TorchRuntime.DefaultDevice;
        var x = Tensor.From(train.Values, train.Count, train.Dimension).To(device);
        var y = Tensor.From(Array.ConvertAll(labels, label => (long)label)).To(device);
        var (mean, deviation) = (x.Mean([0], keepDim: true), x.Std([0], keepDim: true).Clamp(min: LeastDeviation)); // [1, D]
        x = (x - mean) / deviation;
        using var linear = new Linear(train.Dimension, labels.Concat(testLabels).Max() + 1);
        linear.To(device);
        Train(linear, x, y, seed);

        using var noGrad = Autograd.NoGrad();
        var named = linear.Forward((Tensor.From(test.Values, test.Count, test.Dimension).To(device) - mean) / deviation).ArgMax(1).ToArray<long>();
        var right = named.Zip(testLabels).Count(pair => pair.First == pair.Second);
        return new Metric("accuracy of a linear model", (double)right / test.Count, ClopperPearson.TwoSided(right, test.Count));
    }

    private static void Train(Linear linear, Tensor x, Tensor y, ulong seed)
    {
        using var optimizer = new AdamW(linear.Parameters, LearningRate, weightDecay: WeightDecay);
        var sampler = new BatchSampler((int)x.Size(0), BatchSize, Seed.Derive(seed, "probe"));
        for (var step = 0; step < Steps; step++)
        {
            using var scope = new TensorScope();
            optimizer.LearningRate = LearningRate * LearningRateFactor.Cosine(Steps)(step);
            var batch = sampler.Batch(step);
            var index = Tensor.From(batch, batch.Length).To(x.Device);
            var loss = F.CrossEntropy(linear.Forward(x.IndexSelect(0, index)), y.IndexSelect(0, index));
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
        }
    }
}
