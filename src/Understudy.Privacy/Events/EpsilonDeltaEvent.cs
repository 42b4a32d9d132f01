namespace Understudy.Privacy.Events;

/// <summary>Any mechanism known only to be (ε, δ)-differentially private under the relation in force.</summary>
/// <param name="Epsilon">Its ε.</param>
/// <param name="Delta">Its δ.</param>
public sealed record EpsilonDeltaEvent(Epsilon Epsilon, Delta Delta) : PrivacyEvent;
