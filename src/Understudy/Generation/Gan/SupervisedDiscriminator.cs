using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>What a <see cref="SemiSupervisedGan"/> has to beat: the network of its discriminator, trained by cross-entropy on the labelled records and nothing else.</summary>
public static class SupervisedDiscriminator
{
    private const int Batch = 500;
    private const int StepsBetweenCheckpoints = 500;

    /// <summary>Trains it in as many steps, batches and at the rate of the GAN, from the checkpoint in the context's directory if there is one, and asks it.</summary>
    /// <param name="options">Those of the GAN.</param>
    /// <param name="labelled">The records whose class is looked at.</param>
    /// <param name="images">What it is asked about.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <returns>The class of each image, [N] in [0, K).</returns>
    /// <exception cref="InputException">The records have no labels, or no network is defined for their size.</exception>
    public static int[] Classify(SemiSupervisedGanOptions options, ImageSet labelled, ImageSet images, FitContext context)
    {
        if (labelled.Labels is null) throw new InputException("a classifier needs labels, and the images have none");
        TorchRuntime.ManualSeed(Seed.Derive(context.Seed, "initialization"));
        using var network = Build(labelled.Shape, options.Width, labelled.ClassCount);
        network.To(TorchRuntime.DefaultDevice);
        using var data = new ImageTensors(labelled, PixelRange.SignedUnit, TorchRuntime.DefaultDevice);
        using var learner = new Learner(new Adam(network.Parameters, options.LearningRateD, options.Beta1));
        var sampler = new BatchSampler(labelled.Count, options.BatchSize, Seed.Derive(context.Seed, "labelled batches"));
        new TrainingLoop
        {
            Name = ("classification", Path.GetFileName(context.Directory)),
            Directory = context.Directory,
            Steps = options.Steps,
            CheckpointEvery = StepsBetweenCheckpoints,
            Seed = context.Seed,
            LossNames = ["crossEntropy"],
            State = new TrainingState(
                new Dictionary<string, StateDictionary> { ["network"] = network.State },
                new Dictionary<string, Optimizer> { ["optimizer"] = learner.Optimizer }),
            Step = step =>
            {
                var (x, y) = data.Batch(sampler.Batch(step));
                var loss = F.CrossEntropy(network.Forward(x), y!);
                learner.Lower(loss);
                return [loss.Item<float>()];
            },
        }.Run(context.Progress, context.Cancellation);
        return ClassesOf(network, images);
    }

    /// <summary>The network, without batch norm: it would give real and generated batches the same mean features, and leave nothing to match.</summary>
    internal static FeatureDiscriminator Build(ImageShape shape, int width, int classes) => FeatureDiscriminator.Convolutional(shape, width, outputs: classes, normalized: false);

    /// <summary>The class of each image, as such a network sees it: [N] in [0, K).</summary>
    internal static int[] ClassesOf(FeatureDiscriminator network, ImageSet images)
    {
        using var data = new ImageTensors(images, PixelRange.SignedUnit, TorchRuntime.DefaultDevice);
        using var noGrad = Autograd.NoGrad();
        network.Eval();
        var classes = new List<int>(images.Count);
        for (var start = 0; start < images.Count; start += Batch)
        {
            using var scope = new TensorScope();
            classes.AddRange(network.Forward(data.Images(start, Math.Min(Batch, images.Count - start))).ArgMax(1).ToArray<long>().Select(c => (int)c));
        }
        network.Train();
        return [.. classes];
    }
}
