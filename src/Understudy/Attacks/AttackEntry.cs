namespace Understudy.Attacks;

/// <summary>An attack that a study may name.</summary>
/// <param name="Card">What the attack is with its default options; its name is the one used in study files.</param>
/// <param name="OptionsType">A record of init properties with defaults and <c>[Range]</c>s: the keys that a study may set.</param>
/// <param name="Create">Makes the attack from options of that type.</param>
public sealed record AttackEntry(AttackCard Card, Type OptionsType, Func<AttackOptions, Attack> Create);
