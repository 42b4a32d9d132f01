namespace Understudy.Data.Formats;

/// <summary>Makes folders that are there whole or not at all.</summary>
internal static class AtomicDirectory
{
    /// <summary>Makes a folder that was not there, or was empty.</summary>
    /// <exception cref="InputException">Something is there already.</exception>
    public static void Write(string path, Action<string> fill)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(target) || Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new InputException($"{path}: is there already; name a new or an empty folder");
        var name = $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}{AtomicFile.TemporarySuffix}";
        var aside = Path.Combine(Path.GetDirectoryName(target)!, name);
        Directory.CreateDirectory(aside);
        try
        {
            fill(aside);
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(aside, target);
        }
        finally
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        }
    }
}
