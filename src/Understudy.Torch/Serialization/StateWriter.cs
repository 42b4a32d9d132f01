using System.IO.Compression;

namespace Understudy.Torch.Serialization;

/// <summary>Writes a state dictionary as the zip file that <c>torch.load</c> opens.</summary>
internal static class StateWriter
{
    internal static void Write(StateDictionary state, Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "data.pkl", PickleWriter.Write(state));
        Add(zip, "byteorder", "little"u8);
        var key = 0;
        foreach (var (name, tensor) in state)
        {
            var size = tensor.Count * StorageType.Of(tensor.DType).Size;
            if (size > Array.MaxLength) throw new NotSupportedException($"'{name}' has {size} bytes; up to {Array.MaxLength} can be saved");
            Add(zip, $"data/{key++}", tensor.ToBytes());
        }
        Add(zip, "version", "3\n"u8);
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> content)
    {
        // A fixed time, so that equal states make equal files.
        var entry = zip.CreateEntry($"archive/{name}", CompressionLevel.NoCompression);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(content);
    }
}
