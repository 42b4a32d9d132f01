namespace Understudy.Training.Private;

/// <summary>What a method does to private records, for whoever must judge it: the parameters on which its guarantee rests.</summary>
/// <param name="Mechanism">In words.</param>
/// <param name="Label">What the ledger calls it.</param>
/// <param name="Records">N, as declared public.</param>
/// <param name="SamplingRate">q; 1 where every record takes part.</param>
/// <param name="NoiseMultiplier">σ.</param>
/// <param name="Bound">C, the largest L2 norm of one record's contribution; of the first step where it moves.</param>
/// <param name="Steps">T.</param>
/// <param name="Kept">Steps whose results the model holds: never more than were paid for.</param>
public sealed record PrivacyPlan(string Mechanism, string Label, long Records, double SamplingRate, double NoiseMultiplier, double Bound, long Steps, long Kept);
