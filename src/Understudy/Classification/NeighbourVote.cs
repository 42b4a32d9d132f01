using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Classification;

/// <summary>The classes of the k nearest training images by Euclidean distance between pixels, exactly; of images equally near the earlier ones.</summary>
/// <param name="neighbours">k.</param>
/// <param name="classes">K.</param>
public sealed class NeighbourVote(int neighbours, int classes) : IClassifier
{
    private ImageSet? known;

    /// <inheritdoc/>
    public void Fit(ImageSet training, FitContext context) => known = training;

    /// <inheritdoc/>
    public float[] Probabilities(ImageSet images)
    {
        var training = known ?? throw new InvalidOperationException("the classifier is not fitted");
        var voters = Math.Min(neighbours, training.Count);
        var nearest = NearestNeighbours.Find(images, training, voters);
        var probabilities = new float[images.Count * classes];
        for (var i = 0; i < nearest.Length; i++) probabilities[i / voters * classes + training.Labels![nearest[i]]] += 1f / voters;
        return probabilities;
    }

    /// <inheritdoc/>
    public void Dispose() => known = null;
}
