namespace Understudy.Data;

/// <summary>What a part of a data set holds.</summary>
/// <param name="Name">train, val or test.</param>
/// <param name="Count">Number of images.</param>
/// <param name="Minimum">The least pixel value, 0 to 255.</param>
/// <param name="Maximum">The greatest pixel value, 0 to 255.</param>
/// <param name="Mean">The mean pixel value.</param>
/// <param name="StandardDeviation">The standard deviation of the pixel values.</param>
/// <param name="Classes">Images of each class, in the order of the classes; empty without labels.</param>
/// <param name="Groups">Number of groups, or null where there are none.</param>
/// <param name="Duplicates">Images whose pixels an earlier image of the part has.</param>
/// <param name="Masks">What the masks hold, or null where there are none; range, mean and deviation are those of the images.</param>
public sealed record PartInspection(
    string Name,
    int Count,
    int Minimum,
    int Maximum,
    double Mean,
    double StandardDeviation,
    IReadOnlyList<ClassCount> Classes,
    int? Groups,
    int Duplicates,
    MaskInspection? Masks = null);
