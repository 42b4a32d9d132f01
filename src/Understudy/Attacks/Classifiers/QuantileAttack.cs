using Understudy.Attacks.Features;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;

namespace Understudy.Attacks.Classifiers;

/// <summary>
/// The quantile-regression attack: how sure the target is of a record against how sure it is of the surest few non-members like it. It needs no
/// shadow model (Bertran et al., "Scalable membership inference attacks via quantile regression", NeurIPS 2023, arXiv 2307.03694).
/// </summary>
public static class QuantileAttack
{
    /// <summary>φ(x) less the predicted (1 − f)-quantile of φ among non-members like x, learned with the pinball loss.</summary>
    /// <param name="known">Features of records that the target was not trained on.</param>
    /// <param name="knownScores">Their φ by the target.</param>
    /// <param name="candidates">The same features of the candidates.</param>
    /// <param name="candidateScores">Their φ by the target.</param>
    /// <param name="seed">Same seed, same scores.</param>
    /// <param name="options">f and the regression; null for the defaults.</param>
    /// <returns>[N]; above 0 the attack calls a candidate a member.</returns>
    /// <exception cref="InputException">Lengths disagree, or fewer than two records are known.</exception>
    public static double[] Score(FeatureMatrix known, double[] knownScores, FeatureMatrix candidates, double[] candidateScores, ulong seed,
        QuantileAttackOptions? options = null)
    {
        FeatureMatrix.RequireSameDimension(known, candidates);
        if (known.Count != knownScores.Length || candidates.Count != candidateScores.Length)
            throw new InputException($"{known.Count} + {candidates.Count} feature vectors for {knownScores.Length} + {candidateScores.Length} scores; give one a record");
        if (known.Count < 2) throw new InputException($"{known.Count} known records are too few for a regression; give at least 2");
        options ??= new QuantileAttackOptions();
        using var scope = new TensorScope();
        var scale = new Standardisation(known);
        var heights = new Standardisation(Column(knownScores));
        TorchRuntime.ManualSeed(Seed.Derive(seed, "initialization"));
        using var network = new Sequential(
            new Linear(known.Dimension, options.Width), new ReLU(), new Linear(options.Width, options.Width), new ReLU(), new Linear(options.Width, 1));
        Train(network, scale.Apply(known), heights.Apply(Column(knownScores)), options, seed);
        using var noGrad = Autograd.NoGrad();
        var margins = heights.Apply(Column(candidateScores)) - network.Forward(scale.Apply(candidates));
        return Array.ConvertAll(margins.ToArray<float>(), margin => (double)margin);
    }

    private static void Train(Sequential network, Tensor x, Tensor heights, QuantileAttackOptions options, ulong seed)
    {
        using var optimizer = new Adam(network.Parameters, options.LearningRate);
        var sampler = new BatchSampler((int)x.Size(0), options.BatchSize, Seed.Derive(seed, "batches"));
        for (var step = 0; step < options.Steps; step++)
        {
            using var inner = new TensorScope();
            optimizer.LearningRate = options.LearningRate * LearningRateFactor.Cosine(options.Steps)(step);
            var batch = sampler.Batch(step);
            var index = Tensor.From(batch, batch.Length);
            var residual = heights.IndexSelect(0, index) - network.Forward(x.IndexSelect(0, index)); // [B, 1]
            var loss = (residual * (1 - options.FalsePositiveRate)).Maximum(residual * -options.FalsePositiveRate).Mean();
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
        }
    }

    private static FeatureMatrix Column(double[] values) => new(Array.ConvertAll(values, value => (float)value), values.Length, 1);
}
