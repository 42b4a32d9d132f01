namespace Understudy.Data;

/// <summary>A file of a public data set.</summary>
/// <param name="Name">The name, the same at its source and on disk.</param>
/// <param name="Checksums">
/// <c>md5:</c> or <c>sha256:</c> and hexadecimal digits; the file has to have one of these. Several are given where the same content is
/// published in files that were packed differently.
/// </param>
public sealed record PublicFile(string Name, params IReadOnlyList<string> Checksums);
