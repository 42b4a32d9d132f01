using System.ComponentModel.DataAnnotations;
using Understudy.Classification.Trees;

namespace Understudy.Classification;

/// <summary>The downstream classifier and its training.</summary>
public sealed record ClassifierOptions
{
    private const string Pixels = "pixels";

    /// <summary>Which network, or other model.</summary>
    public ClassifierNetwork Network { get; init; } = ClassifierNetwork.Cnn;

    /// <summary>Of residual networks: how large.</summary>
    public NetworkSize Size { get; init; } = NetworkSize.Small;

    /// <summary>Of networks with convolutions: what goes with each.</summary>
    public Normalization Normalization { get; init; } = Normalization.Batch;

    /// <summary>Of networks: training steps, the same for real and for synthetic data, so that no test decides when to stop.</summary>
    [Range(1, 10_000_000)]
    public int Steps { get; init; } = 1000;

    /// <summary>Of networks: records in a batch.</summary>
    [Range(2, 65536)]
    public int BatchSize { get; init; } = 128;

    /// <summary>Of networks: Adam's learning rate at the start; it falls to 0 along a half cosine.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Of networks: α, the share of each label that is spread evenly over all classes, so that no answer need be certain (Szegedy et al., 2016, 1512.00567, section 7).</summary>
    [Range(0, 0.99)]
    public double LabelSmoothing { get; init; }

    /// <summary>Of networks: λ of decoupled weight decay, by which times the learning rate weights shrink at every step (AdamW; Loshchilov and Hutter, 2019, 1711.05101, algorithm 2); 0 is Adam.</summary>
    [Range(0, 10)]
    public double WeightDecay { get; init; }

    /// <summary>Of logistic regression.</summary>
    public LogisticOptions Logistic { get; init; } = new();

    /// <summary>Of the random forest.</summary>
    public ForestOptions Forest { get; init; } = new();

    /// <summary>Of gradient boosting.</summary>
    public BoostingOptions Boosting { get; init; } = new();

    /// <summary>k: how many nearest neighbours vote.</summary>
    [Range(1, 10_000)]
    public int Neighbours { get; init; } = 5;

    /// <summary>
    /// Of nearest neighbours: <c>pixels</c>, or the path of a TorchScript module trained on public data that takes images in [0, 1] and returns a feature vector for each: in a study file relative to
    /// that file, here absolute.
    /// </summary>
    public string Features { get; init; } = Pixels;

    /// <summary>Whether <see cref="Features"/> is the path of a network.</summary>
    internal bool NamesFile => Features != Pixels;
}
