using Understudy.Data;
using Understudy.Training;

namespace Understudy.Classification;

/// <summary>A model that learns classes from labelled images and tells the probabilities of the classes of others.</summary>
public interface IClassifier : IDisposable
{
    /// <summary>Learns from labelled images. What it learns is a function of them and the context's seed, on any number of cores.</summary>
    /// <param name="training">Labelled images of the shape and classes that it was made for.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    void Fit(ImageSet training, FitContext context);

    /// <summary>Class probabilities of every image, [N, K].</summary>
    float[] Probabilities(ImageSet images);
}
