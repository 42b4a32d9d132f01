using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Classification.Probes;

/// <summary>Attackers that never met the encoder: what they read from codes is what the codes give away.</summary>
/// <remarks>An adversary trained beside an encoder is a fixed opponent, which the encoder may learn to deceive alone.</remarks>
public static class AttributeProbes
{
    private const int Hidden = 128;
    private const int Steps = 1500;
    private const int BatchSize = 128;
    private const double DeepLearningRate = 2e-3;
    private const double LinearLearningRate = 2e-2;
    private const double WeightDecay = 1e-3;
    private const double Least = 1e-6; // of a probability, for its logarithm

    /// <summary>Trains a logistic regression, a network of two hidden layers and boosted trees on codes, and tests each on others.</summary>
    /// <param name="codes">[N, D] row-major, with their attributes [N] of 0 or 1.</param>
    /// <param name="testCodes">[M, D] row-major codes of other images, with their attributes [M].</param>
    /// <param name="seed">Of weights and batches.</param>
    /// <exception cref="InputException">There are no codes, lengths disagree, or the codes are of one value alone.</exception>
    public static IReadOnlyList<ProbeResult> Attack((float[] Values, int[] Attributes) codes, (float[] Values, int[] Attributes) testCodes, ulong seed)
    {
        if (codes.Attributes.Length == 0 || testCodes.Attributes.Length == 0) throw new InputException("an attacker learns from codes and is tested on others; give at least one of each");
        var d = codes.Values.Length / codes.Attributes.Length;
        if (codes.Values.Length != (long)d * codes.Attributes.Length || testCodes.Values.Length != (long)d * testCodes.Attributes.Length)
            throw new InputException($"{codes.Values.Length} and {testCodes.Values.Length} numbers are no codes of {d} for {codes.Attributes.Length} and {testCodes.Attributes.Length} attributes");
        if (codes.Attributes.Distinct().Count() < 2) throw new InputException("all codes have the same attribute, so there is nothing to learn; give codes of both values");
        var (train, test) = Standardised(codes.Values, testCodes.Values, d);
        return
        [
            Judge("logistic regression", Network(train, codes.Attributes, test, d, seed, isDeep: false)),
            Judge("two-layer network", Network(train, codes.Attributes, test, d, seed, isDeep: true)),
            Judge("boosted trees", BoostedTrees.Train(train, codes.Attributes, d).Probabilities(test)),
        ];

        ProbeResult Judge(string name, double[] probabilities)
        {
            var (truth, n) = (testCodes.Attributes, testCodes.Attributes.Length);
            var right = probabilities.Zip(truth).Count(pair => pair.First >= 0.5 == (pair.Second == 1));
            var share = (double)truth.Sum() / n;
            var entropy = share is 0 or 1 ? 0 : -share * Math.Log(share) - (1 - share) * Math.Log(1 - share);
            var crossEntropy = probabilities.Zip(truth).Average(pair => -Math.Log(Math.Clamp(pair.Second == 1 ? pair.First : 1 - pair.First, Least, 1)));
            return new ProbeResult(name, codes.Attributes.Length, new Metric($"accuracy of {name}", (double)right / n, ClopperPearson.TwoSided(right, n)),
                Math.Max(share, 1 - share), entropy - crossEntropy);
        }
    }

    private static double[] Network(float[] train, int[] attributes, float[] test, int d, ulong seed, bool isDeep)
    {
        using var outer = new TensorScope();
        TorchRuntime.ManualSeed(Seed.Derive(seed, "probe"));
        var device = TorchRuntime.DefaultDevice;
        using Module network = isDeep
            ? new Sequential(new Linear(d, Hidden), new ReLU(), new Linear(Hidden, Hidden), new ReLU(), new Linear(Hidden, 1))
            : new Sequential(new Linear(d, 1));
        network.To(device);
        var learningRate = isDeep ? DeepLearningRate : LinearLearningRate;
        using var optimizer = new AdamW(network.Parameters, learningRate, weightDecay: WeightDecay);
        var (x, y) = (Tensor.From(train, attributes.Length, d).To(device), Tensor.From(Array.ConvertAll(attributes, a => (float)a), attributes.Length, 1).To(device));
        var sampler = new BatchSampler(attributes.Length, BatchSize, Seed.Derive(seed, "probe"));
        for (var step = 0; step < Steps; step++)
        {
            using var scope = new TensorScope();
            optimizer.LearningRate = learningRate * LearningRateFactor.Cosine(Steps)(step);
            var batch = sampler.Batch(step);
            var index = Tensor.From(batch, batch.Length).To(device);
            var loss = F.BinaryCrossEntropyWithLogits(network.Forward(x.IndexSelect(0, index)), y.IndexSelect(0, index));
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
        }
        using var noGrad = Autograd.NoGrad();
        return Array.ConvertAll(network.Forward(Tensor.From(test, test.Length / d, d).To(device)).Sigmoid().ToArray<float>(), p => (double)p);
    }

    private static (float[] Train, float[] Test) Standardised(float[] train, float[] test, int d)
    {
        double[] means = new double[d], squares = new double[d];
        var n = (double)train.Length / d;
        for (var i = 0; i < train.Length; i++) means[i % d] += train[i] / n;
        for (var i = 0; i < train.Length; i++) squares[i % d] += Math.Pow(train[i] - means[i % d], 2) / n;
        return (Scale(train), Scale(test));

        float[] Scale(float[] values) => [.. values.Select((value, i) => squares[i % d] > 0 ? (float)((value - means[i % d]) / Math.Sqrt(squares[i % d])) : 0)];
    }
}
