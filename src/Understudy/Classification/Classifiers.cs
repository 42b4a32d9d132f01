using Understudy.Classification.Trees;
using Understudy.Data;

namespace Understudy.Classification;

/// <summary>Makes the classifier that options name.</summary>
public static class Classifiers
{
    /// <summary>A classifier that has learnt nothing yet.</summary>
    /// <param name="options">Which, and its training.</param>
    /// <param name="shape">The shape of an image.</param>
    /// <param name="classes">K.</param>
    public static IClassifier Create(ClassifierOptions options, ImageShape shape, int classes) => options.Network switch
    {
        ClassifierNetwork.LogisticRegression => new LogisticRegression(options.Logistic, classes),
        ClassifierNetwork.RandomForest => new RandomForest(options.Forest, classes),
        ClassifierNetwork.GradientBoosting => new GradientBoosting(options.Boosting, classes),
        ClassifierNetwork.NearestNeighbours => new NeighbourVote(options.Neighbours, classes, options.NamesFile ? new ScriptFeatureExtractor(options.Features) : null),
        _ => new NetworkClassifier(options, shape, classes),
    };

    /// <summary>Whether that is a network, which can train privately and give features.</summary>
    public static bool IsNetwork(ClassifierNetwork network) => network is
        ClassifierNetwork.Cnn or ClassifierNetwork.Mlp or ClassifierNetwork.ResNet or ClassifierNetwork.WideResNet or ClassifierNetwork.ResNeXt;

    /// <summary>The network of that name, with fresh weights.</summary>
    /// <param name="network">Which.</param>
    /// <param name="size">How large, for those that come in sizes.</param>
    /// <param name="normalization">What goes with each convolution.</param>
    /// <param name="shape">The shape of an image.</param>
    /// <param name="classes">K.</param>
    /// <exception cref="ArgumentOutOfRangeException">The name is not of a network.</exception>
    public static FeatureNetwork CreateNetwork(ClassifierNetwork network, NetworkSize size, Normalization normalization, ImageShape shape, int classes) => network switch
    {
        ClassifierNetwork.Cnn => new Cnn(shape, classes, normalization),
        ClassifierNetwork.Mlp => new Mlp(shape, classes, normalization),
        ClassifierNetwork.ResNet => new ResidualNetwork(ResidualLayout.ResNet(size), shape.Channels, classes, normalization),
        ClassifierNetwork.WideResNet => new ResidualNetwork(ResidualLayout.WideResNet(size), shape.Channels, classes, normalization),
        ClassifierNetwork.ResNeXt => new ResidualNetwork(ResidualLayout.ResNeXt(size), shape.Channels, classes, normalization),
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, "no network"),
    };
}
