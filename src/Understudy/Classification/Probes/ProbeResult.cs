using Understudy.Metrics;

namespace Understudy.Classification.Probes;

/// <summary>What an attacker that was trained anew reads from codes.</summary>
/// <param name="Name">The attacker.</param>
/// <param name="TrainingRecords">Codes that it learnt from.</param>
/// <param name="Accuracy">Share of test codes whose attribute it names, with a Clopper–Pearson interval.</param>
/// <param name="MajorityRate">What naming the commoner value always would reach on the test codes.</param>
/// <param name="Information">Entropy of the attribute less the attacker's cross-entropy, in nats: at least so much the code says of it. At or below 0 it found nothing.</param>
public sealed record ProbeResult(string Name, int TrainingRecords, Metric Accuracy, double MajorityRate, double Information);
