namespace Understudy.Data.Formats;

/// <summary>One image file of a data set and what is known of it.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Label">The name of its class, or null.</param>
/// <param name="Group">Whom it shows, or null.</param>
/// <param name="Mask">Gives the mask [H, W] of an image of that shape, 0 or 255; null where there are no masks.</param>
internal sealed record ImageEntry(string Path, string? Label, string? Group, Func<ImageShape, byte[]>? Mask = null);
