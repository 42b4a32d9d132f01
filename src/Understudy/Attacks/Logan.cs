using Understudy.Attacks.Features;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Attacks;

/// <summary>
/// LOGAN with black-box access: a discriminator that learns to tell the release from reference data recognises, through the release, what
/// it resembles too closely (Hayes, Melis, Danezis and De Cristofaro, "LOGAN: membership inference attacks against generative models",
/// PoPETs 2019, section 4.3; with a discriminator on the samples themselves, as in van Breugel et al., AISTATS 2023).
/// </summary>
/// <param name="options">Features and training; null for the defaults.</param>
public sealed class Logan(LoganOptions? options = null) : Attack
{
    private readonly LoganOptions _options = options ?? new LoganOptions();

    /// <inheritdoc/>
    public override AttackCard Card => new("logan", "Hayes, Melis, Danezis, De Cristofaro: LOGAN, PoPETs 2019, arXiv 1705.07663", "dataset",
        NeedsReference: true, $"log p(synthetic | x) - log p(real | x) by a network trained on S against R, on {_options.FeatureName}");

    /// <inheritdoc/>
    /// <exception cref="InputException">There is no reference.</exception>
    public override double[] Score(ImageSet released, ImageSet candidates, ImageSet? reference, ulong seed)
    {
        var known = RequireReference(reference);
        using var space = FeatureSpace.Create(_options, released, known, seed);
        using var scope = new TensorScope();
        FeatureMatrix synthetic = space.Map(released), real = space.Map(known);
        var scale = new Standardisation(synthetic, real);
        TorchRuntime.ManualSeed(Seed.Derive(seed, "initialization"));
        using var discriminator = new Sequential(
            new Linear(synthetic.Dimension, _options.Width), new ReLU(),
            new Linear(_options.Width, _options.Width), new ReLU(),
            new Linear(_options.Width, 1));
        Train(discriminator, scale.Apply(synthetic), scale.Apply(real), seed);
        using var noGrad = Autograd.NoGrad();
        return Array.ConvertAll(discriminator.Forward(scale.Apply(space.Map(candidates))).ToArray<float>(), logit => (double)logit);
    }

    private void Train(Sequential discriminator, Tensor synthetic, Tensor real, ulong seed)
    {
        var half = Math.Max(1, _options.BatchSize / 2);
        var syntheticBatches = new BatchSampler((int)synthetic.Size(0), half, Seed.Derive(seed, "synthetic"));
        var realBatches = new BatchSampler((int)real.Size(0), half, Seed.Derive(seed, "real"));
        using var optimizer = new Adam(discriminator.Parameters, _options.LearningRate);
        for (var step = 0; step < _options.Steps; step++)
        {
            using var inner = new TensorScope();
            var loss = F.BinaryCrossEntropyWithLogits(Logits(synthetic, syntheticBatches.Batch(step)), 1)
                + F.BinaryCrossEntropyWithLogits(Logits(real, realBatches.Batch(step)), 0);
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
        }

        Tensor Logits(Tensor data, ReadOnlySpan<int> batch) => discriminator.Forward(data.IndexSelect(0, Tensor.From(batch, batch.Length)));
    }
}
