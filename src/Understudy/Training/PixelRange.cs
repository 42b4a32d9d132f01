namespace Understudy.Training;

/// <summary>What the numbers of an image tensor mean; several losses change by a factor of 4 between the two.</summary>
public enum PixelRange
{
    /// <summary>[-1, 1], what a tanh gives.</summary>
    SignedUnit,

    /// <summary>[0, 1], what a sigmoid gives.</summary>
    Unit,
}
