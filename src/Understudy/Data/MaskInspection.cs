namespace Understudy.Data;

/// <summary>What the masks of a part of a data set hold.</summary>
/// <param name="Foreground">The mean share of foreground in a mask, 0 to 1.</param>
/// <param name="Empty">Masks without foreground.</param>
public sealed record MaskInspection(double Foreground, int Empty);
