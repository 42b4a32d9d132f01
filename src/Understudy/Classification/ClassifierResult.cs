using Understudy.Metrics;

namespace Understudy.Classification;

/// <summary>What a classifier achieved on real test images.</summary>
/// <param name="Report">Accuracy, balanced accuracy and AUC with intervals; the confusion matrix.</param>
/// <param name="Probabilities">[N, K] class probabilities of the test images.</param>
public sealed record ClassifierResult(ClassificationReport Report, float[] Probabilities);
