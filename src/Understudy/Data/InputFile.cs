using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>Opens and reads what the user named, turning the system's errors into input errors.</summary>
public static class InputFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="InputException">It is not there, no file, or may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (FileKind.Other(path) is { } kind) throw new InputException($"{path}: is {kind}, not a file; give a file");
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
        catch (IOException e)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>Reads a whole file of moderate size.</summary>
    /// <exception cref="InputException">It is not there, may not be read, or is larger than 2 GiB.</exception>
    public static byte[] ReadAll(string path)
    {
        using var stream = Open(path);
        if (stream.Length > Array.MaxLength)
            throw new InputException($"{path}: the file has {stream.Length} bytes; at most {Array.MaxLength} are read");
        return ReadStart(stream, path, (int)stream.Length);
    }

    /// <summary>The first bytes of a file, at most <paramref name="count"/>.</summary>
    /// <exception cref="InputException">It is not there or may not be read.</exception>
    public static byte[] ReadStart(string path, int count)
    {
        using var stream = Open(path);
        return ReadStart(stream, path, count);
    }

    /// <summary>The lines of a text.</summary>
    /// <exception cref="InputException">It is not there, may not be read, or has letters that are not UTF-8.</exception>
    public static string[] ReadLines(string path)
    {
        var bytes = ReadAll(path);
        if (Utf8Text.InvalidLine(bytes) is { } line) throw new InputException($"{path}, line {line}: {Utf8Text.Problem}");
        using var text = new StreamReader(new MemoryStream(bytes));
        var lines = new List<string>();
        while (text.ReadLine() is { } next) lines.Add(next);
        return [.. lines];
    }

    private static byte[] ReadStart(FileStream stream, string path, int count)
    {
        var bytes = new byte[count];
        try
        {
            var read = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
            return read == count ? bytes : bytes[..read];
        }
        catch (IOException e)
        {
            throw Unreadable(path, e);
        }
    }

    private static InputException Unreadable(string path, IOException e) => new($"{path}: the file cannot be read ({e.Message})", e);
}
