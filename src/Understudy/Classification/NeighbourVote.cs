using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Classification;

/// <summary>The classes of the k nearest training images by Euclidean distance, between pixels (exactly) or features; of images equally near the earlier ones.</summary>
/// <param name="neighbours">k.</param>
/// <param name="classes">K.</param>
/// <param name="features">The features, owned from now on; null for pixels.</param>
public sealed class NeighbourVote(int neighbours, int classes, ScriptFeatureExtractor? features = null) : IClassifier
{
    private ImageSet? known;
    private FeatureMatrix? knownFeatures;

    /// <inheritdoc/>
    /// <exception cref="InputException">The network of the features does not take the images.</exception>
    public void Fit(ImageSet training, FitContext context) => (known, knownFeatures) = (training, features?.Extract(training));

    /// <inheritdoc/>
    public float[] Probabilities(ImageSet images)
    {
        var training = known ?? throw new InvalidOperationException("the classifier is not fitted");
        var voters = Math.Min(neighbours, training.Count);
        var nearest = knownFeatures is null ? NearestNeighbours.Find(images, training, voters) : NearestNeighbours.Find(features!.Extract(images), knownFeatures, voters);
        var probabilities = new float[images.Count * classes];
        for (var i = 0; i < nearest.Length; i++) probabilities[(i / voters * classes) + training.Labels![nearest[i]]] += 1f / voters;
        return probabilities;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (known, knownFeatures) = (null, null);
        features?.Dispose();
    }
}
