namespace Understudy.Tests.Data;

/// <summary>Finds data that lie beside the repository.</summary>
public static class Shared
{
    /// <summary>The path that <paramref name="relative"/> has from the repository's root, or null where nothing is there.</summary>
    public static string? Find(string relative)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Understudy.slnx"))) root = root.Parent;
        var path = root is null ? null : Path.GetFullPath(Path.Combine(root.FullName, relative));
        return Path.Exists(path) ? path : null;
    }
}
