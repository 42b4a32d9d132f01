namespace Understudy.Generation.Translation;

/// <summary>A fixed way to make a second image of a record, so that one image set gives pairs or two domains.</summary>
public enum ImageTask
{
    /// <summary>White outlines on black: where brightness changes.</summary>
    Edges,

    /// <summary>The negative.</summary>
    Inverted,

    /// <summary>The mask of a pair, which is the record's own and no product of a rule; for pix2pix alone.</summary>
    Mask,
}
