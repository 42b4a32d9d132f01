using Understudy.Metrics;

namespace Understudy.Studies.Stages;

/// <summary>What was measured of one release.</summary>
/// <param name="Count">Its images.</param>
/// <param name="Accuracy">[repeats] of classifiers trained on it, on real test images.</param>
/// <param name="AttackAccuracy">[repeats] of a loss threshold against each classifier, members against non-members; threshold and measurement on different halves.</param>
/// <param name="AttackAuc">[repeats] AUC of the same.</param>
/// <param name="AttackLowFpr">[repeats] TPR at FPR 1 %; NaN where there are too few non-members.</param>
/// <param name="NearestAuc">AUC of the attack by the distance to the closest image of the release; null for the real images.</param>
/// <param name="Frechet">FID to held-out real images.</param>
/// <param name="ToMembers">mmD: mean least perceptual distance to a member.</param>
/// <param name="ToHeldOut">The same to as many held-out images.</param>
/// <param name="Recognised">Share of the images in which an independent identity classifier names the closest member.</param>
internal sealed record ReleaseFigures(
    int Count, double[] Accuracy, double[] AttackAccuracy, double[] AttackAuc, double[] AttackLowFpr, Metric? NearestAuc, Metric Frechet, double ToMembers, double ToHeldOut, Metric Recognised);
