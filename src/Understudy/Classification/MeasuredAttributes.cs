using Understudy.Data;
using Understudy.Data.Attributes;
using Understudy.Metrics;

namespace Understudy.Classification;

/// <summary>Reads an attribute from images, so that data without attributes can be edited.</summary>
/// <remarks>
/// Nobody knows what an image would look like with the other value, and what goes with the attribute in the data (a digit that is mostly written thin, say)
/// still tells it when it is hidden.
/// </remarks>
public static class MeasuredAttributes
{
    private const byte Half = 128;

    /// <summary>Members and test images with their values, by the median of the members where there is one.</summary>
    /// <param name="members">What models learn from.</param>
    /// <param name="test">What they are measured on.</param>
    /// <param name="attribute">What is read.</param>
    /// <exception cref="InputException">The parity of a class is asked for, and there are no classes; or all members have the same value.</exception>
    public static (AttributedSet Members, AttributedSet Test) Of(ImageSet members, ImageSet test, MeasuredAttribute attribute)
    {
        if (attribute == MeasuredAttribute.Parity && (members.Labels is null || test.Labels is null))
            throw new InputException("the parity of a class is to be edited, and the images have no classes; give labelled data, or measure thickness, slant or brightness");
        var (ofMembers, ofTest) = (Read(members, attribute), Read(test, attribute));
        var threshold = attribute switch
        {
            MeasuredAttribute.Slant => 0,
            MeasuredAttribute.Parity => 0.5,
            _ => Median(ofMembers),
        };
        var (known, asked) = (Set(members, ofMembers), Set(test, ofTest));
        return known.Values.Distinct().Count() == 2 ? (known, asked) : throw new InputException($"all members have the same {attribute.ToString().ToLowerInvariant()}; name another attribute");

        AttributedSet Set(ImageSet images, double[] read) => new(
            attribute == MeasuredAttribute.Parity ? new ImageSet(images.Shape, images.Pixels, groups: images.Groups) : images,
            Array.ConvertAll(read, value => value > threshold ? 1 : 0), Names(attribute));
    }

    /// <summary>Names of the two values, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names(MeasuredAttribute attribute) => attribute switch
    {
        MeasuredAttribute.Thickness => ["thin", "thick"],
        MeasuredAttribute.Slant => ["left", "right"],
        MeasuredAttribute.Parity => ["even", "odd"],
        _ => ["dark", "bright"],
    };

    private static double[] Read(ImageSet images, MeasuredAttribute attribute) => [.. Enumerable.Range(0, images.Count).Select(i => attribute switch
    {
        MeasuredAttribute.Thickness => Thickness(images, i),
        MeasuredAttribute.Slant => ImageMoments.Of(images, i).Slant,
        MeasuredAttribute.Parity => images.Labels![i] % 2,
        _ => ImageMoments.Of(images, i).Ink,
    })];

    /// <summary>Of the first channel; 0 for an image without bright pixels.</summary>
    private static double Thickness(ImageSet images, int index)
    {
        var (height, width) = (images.Shape.Height, images.Shape.Width);
        var inside = new byte[height * width];
        for (var p = 0; p < inside.Length; p++) inside[p] = images.Image(index)[p] >= Half ? byte.MaxValue : (byte)0;
        var shape = MaskGeometry.Of(inside, width);
        return shape.SkeletonLength == 0 ? 0 : shape.Foreground * inside.Length / shape.SkeletonLength;
    }

    private static double Median(double[] values) => values.Order().ElementAt((values.Length - 1) / 2);
}
