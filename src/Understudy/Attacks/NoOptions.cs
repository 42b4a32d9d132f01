namespace Understudy.Attacks;

/// <summary>The options of an attack that has none to set.</summary>
public sealed record NoOptions;
