namespace Understudy.Attacks.WhiteBox;

/// <summary>Options of a white-box attack that has none of its own.</summary>
public sealed record WhiteBoxOptions : AttackOptions;
