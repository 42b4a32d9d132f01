namespace Understudy.Data.Formats;

/// <summary>Opens and reads what the user named, turning the system's errors into input errors.</summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="InputException">It is not there or may not be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: there is no such file or folder", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"{path}: the file may not be read", e);
        }
    }

    /// <summary>Reads a whole file of moderate size.</summary>
    /// <exception cref="InputException">It is not there, may not be read, or is larger than 2 GiB.</exception>
    public static byte[] ReadAll(string path)
    {
        using var stream = Open(path);
        if (stream.Length > Array.MaxLength)
            throw new InputException($"{path}: the file has {stream.Length} bytes; at most {Array.MaxLength} are read");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The first bytes of a file, at most <paramref name="count"/>.</summary>
    /// <exception cref="InputException">It is not there or may not be read.</exception>
    public static byte[] ReadStart(string path, int count)
    {
        using var stream = Open(path);
        var bytes = new byte[count];
        return bytes[..stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
    }
}
