namespace Understudy.Classification;

/// <summary>The networks, and other models, that a study may classify with.</summary>
public enum ClassifierNetwork
{
    /// <summary>A small convolutional network; see <see cref="Classification.Cnn"/>.</summary>
    Cnn,

    /// <summary>Two hidden layers; see <see cref="Classification.Mlp"/>.</summary>
    Mlp,

    /// <summary>A residual network; see <see cref="ResidualNetwork"/>.</summary>
    ResNet,

    /// <summary>A wide residual network; see <see cref="ResidualNetwork"/>.</summary>
    WideResNet,

    /// <summary>A residual network of grouped convolutions; see <see cref="ResidualNetwork"/>.</summary>
    ResNeXt,

    /// <summary>Multinomial logistic regression on pixels; see <see cref="Classification.LogisticRegression"/>.</summary>
    LogisticRegression,

    /// <summary>A random forest on pixels; see <see cref="Trees.RandomForest"/>.</summary>
    RandomForest,

    /// <summary>Boosted trees on pixels; see <see cref="Trees.GradientBoosting"/>.</summary>
    GradientBoosting,

    /// <summary>A vote of the nearest training images; see <see cref="NeighbourVote"/>.</summary>
    NearestNeighbours,
}
