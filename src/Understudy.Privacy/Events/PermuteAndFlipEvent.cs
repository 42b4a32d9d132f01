namespace Understudy.Privacy.Events;

/// <summary>Permute-and-flip, equal to report-noisy-max with exponential noise (McKenna, Sheldon 2020, arXiv 2010.12603).</summary>
/// <param name="Epsilon">Its pure ε under the relation in force.</param>
public sealed record PermuteAndFlipEvent(Epsilon Epsilon) : PrivacyEvent;
