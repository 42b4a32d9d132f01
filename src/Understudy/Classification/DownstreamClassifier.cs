using Understudy.Data;
using Understudy.Metrics;
using Understudy.Privacy.Ledger;
using Understudy.Torch;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Classification;

/// <summary>The classifier that asks what data are worth: trained on synthetic or real images, tested on real ones.</summary>
/// <remarks>TSTR (train on synthetic, test on real) against TRTR (train on real, test on real): Esteban, Hyland, Rätsch, 2017, 1706.02633.</remarks>
public sealed class DownstreamClassifier : IFeatureExtractor, IDisposable
{
    private readonly IReadOnlyList<string> classNames;
    private readonly IClassifier model;

    private DownstreamClassifier(string name, IReadOnlyList<string> classNames, IClassifier model) => (Name, this.classNames, this.model) = (name, classNames, model);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>K.</summary>
    public int ClassCount => classNames.Count;

    /// <summary>What a private training did to the records; null where it was not private.</summary>
    public PrivacyPlan? Plan { get; private set; }

    /// <summary>Trains one; a network continues from the checkpoint in the context's directory if there is one.</summary>
    /// <param name="name">Its name as a feature extractor: <c>cnn-DATA</c>.</param>
    /// <param name="training">Labelled images; every class should be among them.</param>
    /// <param name="options">Model and training.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <exception cref="InputException">The images have no labels.</exception>
    public static DownstreamClassifier Train(string name, ImageSet training, ClassifierOptions options, FitContext context)
    {
        if (training.Labels is null) throw new InputException("a classifier needs labels, and the images have none");
        var classifier = new DownstreamClassifier(name, training.ClassNames, Classifiers.Create(options, training.Shape, training.ClassCount));
        classifier.model.Fit(training, context);
        return classifier;
    }

    /// <summary>Trains one on private records by DP-SGD, which costs its ε; continues from the checkpoint in the context's directory if there is one.</summary>
    /// <param name="name">Its name as a feature extractor.</param>
    /// <param name="members">Labelled images.</param>
    /// <param name="shape">Their shape, which is public.</param>
    /// <param name="classNames">Names of their classes, which are public.</param>
    /// <param name="options">ε and the training.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <exception cref="InputException">The images have no labels, or the model is no network.</exception>
    /// <exception cref="ArgumentException">A batch is larger than the data.</exception>
    /// <exception cref="LedgerException">The cap of the data forbids it; nothing was read.</exception>
    public static DownstreamClassifier TrainPrivately(
        string name, PrivateData<ImageSet> members, ImageShape shape, IReadOnlyList<string> classNames, DpSgdOptions options, FitContext context)
    {
        if (classNames.Count == 0) throw new InputException("a classifier needs labels, and the images have none");
        var network = new ClassifierOptions { Network = options.Network, Size = options.Size, Normalization = Normalization.Group };
        var trained = new NetworkClassifier(network, shape, classNames.Count);
        var plan = trained.FitPrivately(members, options, context);
        return new DownstreamClassifier(name, classNames, trained) { Plan = plan };
    }

    /// <inheritdoc cref="NetworkClassifier.Plans"/>
    public static IReadOnlyList<LedgerPlan> Plans(DpSgdOptions options, LedgerAccount account, long records) => NetworkClassifier.Plans(options, account, records);

    /// <summary>Class probabilities of every image, [N, K].</summary>
    public float[] Probabilities(ImageSet images) => model.Probabilities(images);

    /// <summary>Logits [B, K] of images [B, C, H, W] in [-1, 1], through which gradients flow to the images; the weights stand still from now on.</summary>
    /// <exception cref="InputException">The model is no network.</exception>
    public Tensor Logits(Tensor x) => Network.Logits(x);

    /// <inheritdoc/>
    /// <exception cref="InputException">The model is no network.</exception>
    public FeatureMatrix Extract(ImageSet images) => Network.Features(images);

    /// <summary>Writes a network to a folder; other models are not written.</summary>
    public void Save(string directory) => (model as NetworkClassifier)?.Save(directory);

    /// <summary>Tests it on real images.</summary>
    /// <param name="test">Labelled images of the same classes.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public ClassifierResult Evaluate(ImageSet test, ulong seed)
    {
        var probabilities = Probabilities(test);
        return new ClassifierResult(ClassificationMetrics.Evaluate(probabilities, test.Labels, classNames, Seed.Derive(seed, "bootstrap")), probabilities);
    }

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();

    private NetworkClassifier Network => model as NetworkClassifier ?? throw new InputException($"{Name} is no network, and this needs one; choose cnn, mlp, resNet, wideResNet or resNeXt");
}
