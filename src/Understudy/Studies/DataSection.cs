using System.ComponentModel.DataAnnotations;
using Understudy.Data;

namespace Understudy.Studies;

/// <summary>Which data.</summary>
public sealed record DataSection
{
    /// <summary>A file or a folder; in a file relative to that file, here absolute.</summary>
    public required string Path { get; init; }

    /// <summary>Height and width to which images are brought; null leaves them as they are.</summary>
    [Range(4, 1024)]
    public int? Size { get; init; }

    /// <summary>How slices are taken where the data are volumes; null for the defaults.</summary>
    public VolumeSlices? Slices { get; init; }

    /// <summary>[K] names of the classes, in the order of their numbers; empty leaves those that the data give.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The column of the list of attributes in <see cref="Path"/>, of two values, that is to be the class, or <c>character</c> for the drawings of <see cref="Omniglot"/>; null takes the classes that the data have.</summary>
    public string? Attribute { get; init; }

    /// <summary>Reads the data.</summary>
    /// <exception cref="InputException">They cannot be read, or have another number of classes than there are names.</exception>
    public ImageData Open()
    {
        var data = Attribute is null ? ImageData.Open(Path, Size, Slices)
            : Omniglot.IsIn(Path) ? Omniglot.Read(Path, Attribute).Map(set => Size is { } side ? set.Resize(side) : set)
            : ImageFolder.ReadAttribute(Path, Attribute, Size);
        if (Classes.Count == 0) return data;
        return data.Train.ClassCount == Classes.Count
            ? data.Map(set => new ImageSet(set.Shape, set.Pixels, set.Labels, Classes, set.Groups))
            : throw new InputException($"{Path} has {data.Train.ClassCount} classes, and the study names {Classes.Count} ({string.Join(", ", Classes)})");
    }
}
