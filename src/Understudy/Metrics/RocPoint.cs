namespace Understudy.Metrics;

/// <summary>One operating point: everything that scores at least the threshold is called positive.</summary>
/// <param name="Threshold">The threshold; +∞ at the point where nothing is called positive.</param>
/// <param name="FalsePositives">Negatives called positive.</param>
/// <param name="TruePositives">Positives called positive.</param>
/// <param name="FalsePositiveRate">Their share of the negatives.</param>
/// <param name="TruePositiveRate">Their share of the positives.</param>
public readonly record struct RocPoint(double Threshold, int FalsePositives, int TruePositives, double FalsePositiveRate, double TruePositiveRate);
