using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Classification;

/// <summary>A frozen network that turns images into feature vectors, on which fidelity is measured.</summary>
public interface IFeatureExtractor
{
    /// <summary>What stands in brackets after a metric's name: values of different networks do not compare.</summary>
    string Name { get; }

    /// <summary>Features of every image, [N, D].</summary>
    FeatureMatrix Extract(ImageSet images);
}
