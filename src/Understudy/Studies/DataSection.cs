using System.ComponentModel.DataAnnotations;

namespace Understudy.Studies;

/// <summary>Which data.</summary>
public sealed record DataSection
{
    /// <summary>A file or a folder; in a file relative to that file, here absolute.</summary>
    public required string Path { get; init; }

    /// <summary>Height and width to which images are brought; null leaves them as they are.</summary>
    [Range(4, 1024)]
    public int? Size { get; init; }
}
