namespace Understudy.Studies;

/// <summary>One attack of a study.</summary>
/// <param name="Name">Which attack; no attack twice.</param>
/// <param name="Options">A record of the attack's own type.</param>
public sealed record AttackSection(string Name, object Options);
