namespace Understudy.Data.Attributes;

/// <summary>Images with an attribute of two values, beside the classes that they may have.</summary>
/// <param name="Images">The images; their labels are the classes that an edit should keep, or absent.</param>
/// <param name="Values">[N] the attribute, 0 or 1.</param>
/// <param name="Names">What the two values are called.</param>
public sealed record AttributedSet(ImageSet Images, int[] Values, IReadOnlyList<string> Names)
{
    /// <summary>The same images with the attribute as their class, for whatever learns classes.</summary>
    public ImageSet ByValue => new(Images.Shape, Images.Pixels, Values, Names, Images.Groups);

    /// <summary>Gives images an attribute by the toss of a coin, or takes their two classes for it.</summary>
    /// <param name="images">The images.</param>
    /// <param name="attribute">The attribute; null for the classes.</param>
    /// <param name="seed">Of the coin.</param>
    /// <exception cref="InputException">There are not two classes, or the attribute cannot be given to such images.</exception>
    public static AttributedSet Of(ImageSet images, ControlledAttribute? attribute, ulong seed)
    {
        if (attribute is { } controlled)
        {
            var values = ControlledAttributes.Toss(images.Count, seed);
            return new AttributedSet(ControlledAttributes.Apply(images, controlled, values), values, ControlledAttributes.Names(controlled));
        }
        if (images.ClassCount != 2)
            throw new InputException($"an attribute has two values, and the data have {images.ClassCount} classes; name an attribute (thickness, slant, tint, polarity), or data of two classes");
        return new AttributedSet(new ImageSet(images.Shape, images.Pixels, groups: images.Groups), images.Labels!, images.ClassNames);
    }
}
