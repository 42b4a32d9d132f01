using System.IO.Compression;

namespace Understudy.Data.Formats;

/// <summary>The arrays of an NPZ file; each is read, and only then expanded, when asked for.</summary>
internal sealed class NpzArchive : IDisposable
{
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];
    private readonly ZipArchive _zip;
    private readonly string _path;

    private NpzArchive(string path, ZipArchive zip)
    {
        _path = path;
        _zip = zip;
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">It is no ZIP, an entry is twice in it, or an entry's name is no plain name.</exception>
    public static NpzArchive Open(string path)
    {
        var file = InputFile.Open(path);
        NpzArchive? archive = null;
        try
        {
            archive = new NpzArchive(path, new ZipArchive(file, ZipArchiveMode.Read));
            archive.List();
            return archive;
        }
        catch (Exception e) when (IsDamage(e))
        {
            file.Dispose();
            throw new InputException($"{path}: is no whole NPZ (ZIP) file", e);
        }
        catch
        {
            archive?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>Names of the arrays, in the file's order.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Reads an array.</summary>
    /// <exception cref="InputException">It is not there, damaged, or not what it states.</exception>
    public NpyArray Read(string name)
    {
        var where = $"{_path}: {name}";
        var entry = _entries[name];
        Expansion.Check(where, entry.CompressedLength, entry.Length, "save them uncompressed (numpy.savez)");
        try
        {
            using var stream = new Crc32Stream(entry.Open());
            var array = Npy.Read(stream, entry.Length, where);
            return stream.Crc == entry.Crc32 ? array : throw new InputException($"{where}: is damaged (its checksum is wrong); copy the file anew");
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new InputException($"{where}: is damaged; copy the file anew", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private void List()
    {
        foreach (var entry in _zip.Entries)
        {
            if (entry.FullName.AsSpan().IndexOfAny('/', '\\') >= 0 || entry.FullName.Contains("..", StringComparison.Ordinal))
                throw new InputException($"{_path}: entry '{entry.FullName}' is no plain name; an NPZ has arrays such as images.npy");
            if (!entry.FullName.EndsWith(".npy", StringComparison.Ordinal))
                throw new InputException($"{_path}: entry '{entry.FullName}' is no array; an NPZ has arrays such as images.npy");
            var name = entry.FullName[..^4];
            if (!_entries.TryAdd(name, entry)) throw new InputException($"{_path}: array '{name}' is twice in the file");
        }
    }

    private static bool IsDamage(Exception e) =>
        e is InvalidDataException or EndOfStreamException or IOException or NotSupportedException or ArgumentException or OverflowException;
}
