using Understudy.Classification;
using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;
using Understudy.Training.Private;
using F = Understudy.Torch.Functional;

namespace Understudy.Attacks.Auditing;

/// <summary>Trains a classifier by DP-SGD once with canaries, and scores them by what an auditor sees.</summary>
public static class AuditedClassifier
{
    private const int LongerThanBound = 10;

    /// <summary>By the trained classifier's answers alone: -loss of each canary with the class it was planted with.</summary>
    /// <param name="planted">Labelled canaries.</param>
    /// <param name="records">The records with the chosen canaries among them.</param>
    /// <param name="options">The training.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <returns>[m] larger meaning "more likely to have taken part".</returns>
    public static double[] ByAnswers(PlantedCanaries planted, PrivateData<ImageSet> records, DpSgdOptions options, FitContext context)
    {
        var canaries = planted.Canaries;
        using var trained = DownstreamClassifier.TrainPrivately("audit", records, canaries.Shape, canaries.ClassNames, options, context);
        return Classifiers.Confidence.NegativeLoss(trained.Probabilities(canaries), canaries.Labels);
    }

    /// <summary>By the noised sums of all steps: what they hold of each canary's coordinate.</summary>
    /// <param name="planted">Canaries as <see cref="NumberedCanaries.Images"/> makes them.</param>
    /// <param name="records">The records with the chosen canaries among them.</param>
    /// <param name="options">The training.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <returns>[m] larger meaning "more likely to have taken part": in units of the clipping bound, the number of batches that a canary was in, plus noise.</returns>
    public static double[] ByGradients(PlantedCanaries planted, PrivateData<ImageSet> records, DpSgdOptions options, FitContext context)
    {
        var canaries = planted.Canaries;
        TorchRuntime.ManualSeed(Seed.Derive(context.Seed, "initialization"));
        using var network = new Audited(
            Classification.Classifiers.CreateNetwork(options.Network, options.Size, Normalization.Group, canaries.Shape, canaries.ClassCount),
            new NumberedCanaries(canaries.Count, LongerThanBound * options.ClipNorm));
        network.To(TorchRuntime.DefaultDevice);
        var plan = NetworkClassifier.PlanFor(options, records.Account, records.PublicCount);
        using var optimizer = new Adam(network.Classifier.Parameters, options.LearningRate);
        using var training = new PrivateTraining("audit", plan, records, PixelRange.SignedUnit, network, optimizer);
        for (var step = 0; training.TryStep(network.Losses); step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Progress?.Report(new StageProgress("audit", "canary gradients", step + 1, options.Steps, new Dictionary<string, double>()));
        }
        return Array.ConvertAll(network.Canaries.Sum, sum => (double)sum * plan.BatchSize / options.ClipNorm);
    }

    /// <summary>A classifier with a table for canaries beside it.</summary>
    private sealed class Audited : Module
    {
        public Audited(FeatureNetwork classifier, NumberedCanaries canaries)
        {
            Classifier = AddModule("classifier", classifier);
            Canaries = AddModule("canaries", canaries);
        }

        public FeatureNetwork Classifier { get; }

        public NumberedCanaries Canaries { get; }

        public Tensor Losses(Tensor x, Tensor? y) => Canaries.Losses(x, F.CrossEntropy(Classifier.Forward(x), y!, Reduction.None));

        public override Tensor Forward(Tensor x) => Classifier.Forward(x);
    }
}
