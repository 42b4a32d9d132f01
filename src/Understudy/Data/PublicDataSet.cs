namespace Understudy.Data;

/// <summary>A public data set that can be fetched and checked.</summary>
/// <param name="Name">The name used to fetch it.</param>
/// <param name="Contents">What it holds, in a few words.</param>
/// <param name="Licence">The licence it is published under.</param>
/// <param name="Source">The address that, followed by a file's name and <paramref name="Query"/>, gives the file.</param>
/// <param name="Query">What the source wants after a file's name; may be empty.</param>
/// <param name="ClassNames">The names of the classes by number, which the files themselves do not hold.</param>
/// <param name="Files">The files.</param>
public sealed record PublicDataSet(
    string Name, string Contents, string Licence, Uri Source, string Query, IReadOnlyList<string> ClassNames, IReadOnlyList<PublicFile> Files)
{
    /// <summary>Where a file lies.</summary>
    /// <param name="file">One of <see cref="Files"/>.</param>
    /// <param name="baseUrl">A mirror that holds the files under their names, or null for the source.</param>
    public Uri Address(PublicFile file, Uri? baseUrl) =>
        baseUrl is null ? new Uri(Source, file.Name + Query) : new Uri(new Uri(baseUrl.AbsoluteUri.TrimEnd('/') + "/"), file.Name);
}
