namespace Understudy.Data;

/// <summary>Writes files that are there whole or not at all, whenever the program is killed.</summary>
public static class AtomicFile
{
    /// <summary>What the name of an unfinished file ends with.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Writes to a temporary name beside <paramref name="path"/>, brings it to the disk and then gives it its name.</summary>
    /// <exception cref="IOException">It cannot be written: the disk is full or fails, or the folder may not be written to. What was there before is there still.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = path + TemporarySuffix;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" }) // the last for a file larger than may be
        {
            File.Delete(temporary);
            throw new IOException($"{path} cannot be written: {e.Message}", e);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a text as UTF-8 without a byte order mark.</summary>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
