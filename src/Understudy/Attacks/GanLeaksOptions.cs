namespace Understudy.Attacks;

/// <summary>Options of GAN-Leaks, plain and calibrated.</summary>
public sealed record GanLeaksOptions : FeatureAttackOptions;
