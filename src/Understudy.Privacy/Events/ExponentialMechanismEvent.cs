namespace Understudy.Privacy.Events;

/// <summary>The exponential mechanism (also report-noisy-max with Gumbel noise), with an ε-bounded range (Dong, Durfee, Rogers 2020).</summary>
/// <param name="Epsilon">Its pure ε under the relation in force.</param>
public sealed record ExponentialMechanismEvent(Epsilon Epsilon) : PrivacyEvent;
