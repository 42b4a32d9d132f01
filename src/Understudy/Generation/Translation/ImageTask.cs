namespace Understudy.Generation.Translation;

/// <summary>A fixed way to make a second image of an image, so that one image set gives pairs or two domains.</summary>
public enum ImageTask
{
    /// <summary>White outlines on black: where brightness changes.</summary>
    Edges,

    /// <summary>The negative.</summary>
    Inverted,
}
