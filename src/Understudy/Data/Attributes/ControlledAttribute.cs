namespace Understudy.Data.Attributes;

/// <summary>A property of images of two values that can be given to any image, so that the truth about it is known.</summary>
public enum ControlledAttribute
{
    /// <summary>Bright parts as they are, or one pixel wider on every side.</summary>
    Thickness,

    /// <summary>Upright lines lean to the left, or to the right.</summary>
    Slant,

    /// <summary>Grey shown in shades of orange, or of blue.</summary>
    Tint,

    /// <summary>Brightness as it is, or inverted.</summary>
    Polarity,
}
