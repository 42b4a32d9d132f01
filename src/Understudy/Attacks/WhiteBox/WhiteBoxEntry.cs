namespace Understudy.Attacks.WhiteBox;

/// <summary>A white-box attack that a study may name.</summary>
/// <param name="Card">What the attack is with its default options; its name is the one used in study files.</param>
/// <param name="OptionsType">The keys that a study may set, as of <see cref="AttackEntry"/>.</param>
/// <param name="Create">Makes the attack from options of that type.</param>
public sealed record WhiteBoxEntry(AttackCard Card, Type OptionsType, Func<AttackOptions, WhiteBoxAttack> Create);
