using Understudy.Metrics;

namespace Understudy.Classification;

/// <summary>What a classifier of two classes, taught with few labels, achieved on test images.</summary>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="AveragePrecision">Area under the precision–recall curve.</param>
/// <param name="Specificities">At the sensitivities of <see cref="SpecificityAtSensitivity.Usual"/>, thresholds from held-out images.</param>
/// <param name="Prevalence">Share of the positives among the test images.</param>
public sealed record LimitedLabelResult(double Auc, double AveragePrecision, IReadOnlyList<double> Specificities, double Prevalence);
