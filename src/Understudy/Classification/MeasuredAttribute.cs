namespace Understudy.Classification;

/// <summary>A property of two values that images have of themselves, read from their pixels or their class.</summary>
public enum MeasuredAttribute
{
    /// <summary>Pixels brighter than half to a pixel of their skeleton, below or above the members' median: thin or thick strokes.</summary>
    Thickness,

    /// <summary>Whether the shape leans to the left or to the right, by its second moments.</summary>
    Slant,

    /// <summary>Whether the number of the class is even or odd; nothing else can be kept then, as the class must change.</summary>
    Parity,

    /// <summary>Mean grey value below or above the members' median.</summary>
    Brightness,
}
