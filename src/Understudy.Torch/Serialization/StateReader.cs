using System.IO.Compression;

namespace Understudy.Torch.Serialization;

/// <summary>Reads the zip file that <c>torch.save</c> writes. Nothing in the file is trusted.</summary>
internal sealed class StateReader
{
    private const int MaxDepth = 32;
    private const int MaxValues = 1_000_000;

    private readonly Dictionary<string, (StorageType Type, Tensor Elements)> storages = new(StringComparer.Ordinal);
    private readonly StateDictionary state = new();
    private readonly ZipArchive zip;
    private readonly long fileLength;
    private readonly string root;
    private int values;

    private StateReader(ZipArchive zip, long fileLength)
    {
        const string pickle = "/data.pkl";
        this.zip = zip;
        this.fileLength = fileLength;
        var entry = zip.Entries.FirstOrDefault(e => e.FullName.EndsWith(pickle, StringComparison.Ordinal)) ?? throw new InvalidDataException("it holds no data.pkl: not written by torch.save");
        root = entry.FullName[..^pickle.Length];
        if (zip.GetEntry($"{root}/byteorder") is { } order && !Bytes(order).AsSpan().SequenceEqual("little"u8)) throw new InvalidDataException("its numbers are big-endian, which is not supported");
        Flatten("", new PickleReader(Bytes(entry)).Read(), depth: 0);
    }

    /// <summary>Reads a state; the stream must be able to seek.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or damaged, or holds other objects.</exception>
    internal static StateDictionary Read(Stream stream)
    {
        try
        {
            using var archive = Open(stream);
            return new StateReader(archive, stream.Length).state;
        }
        catch (EndOfStreamException cut)
        {
            throw new InvalidDataException("it ends too early", cut);
        }
    }

    private static ZipArchive Open(Stream stream)
    {
        try
        {
            var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            _ = archive.Entries; // reads the directory
            return archive;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException("it is no zip file, which torch.save writes since version 1.6, or a damaged one", e);
        }
    }

    // Nested dictionaries and lists become names with dots; numbers become scalars.
    private void Flatten(string name, object? value, int depth)
    {
        if (depth > MaxDepth || ++values > MaxValues) throw new InvalidDataException($"data.pkl: its values are nested deeper than {MaxDepth} or are more than {MaxValues}");
        switch (value)
        {
            case PickledDictionary dictionary:
                foreach (var (key, item) in dictionary.Items) Flatten(Join(name, key), item, depth + 1);
                break;
            case List<object?> list:
                for (var i = 0; i < list.Count; i++) Flatten(Join(name, (long)i), list[i], depth + 1);
                break;
            case PickledTensor tensor: Add(name, View(name, tensor)); break;
            case long integer: Add(name, Tensor.From([integer]).Squeeze(0)); break;
            case double real: Add(name, Tensor.Full([], real, DType.Float64)); break;
            case bool truth: Add(name, Tensor.Full([], truth ? 1 : 0, DType.Bool)); break;
            case null or string: break;
            default: throw new InvalidDataException($"data.pkl: '{name}' is neither a tensor nor a number");
        }
    }

    private static string Join(string prefix, object? key)
    {
        var name = key switch
        {
            string text => text,
            long integer => $"{integer}",
            _ => throw new InvalidDataException($"data.pkl: a key below '{prefix}' is neither text nor an integer"),
        };
        return prefix.Length == 0 ? name : $"{prefix}.{name}";
    }

    private void Add(string name, Tensor tensor)
    {
        if (state.TryGetValue(name, out _)) throw new InvalidDataException($"data.pkl: '{name}' is there twice");
        state.Add(name, tensor);
    }

    private Tensor View(string name, PickledTensor view)
    {
        if (!Fits(view)) throw new InvalidDataException($"'{name}': shape [{string.Join(", ", view.Size)}] with strides [{string.Join(", ", view.Stride)}] from element {view.Offset} lies outside its storage of {view.Storage.Count} elements");
        return Elements(name, view.Storage).AsStrided(view.Size, view.Stride, view.Offset);
    }

    private static bool Fits(PickledTensor view)
    {
        if (view.Size.Length != view.Stride.Length || view.Size.Length > 64 || view.Offset < 0 || view.Storage.Count < 0 || view.Size.Any(s => s < 0) || view.Stride.Any(s => s < 0)) return false;
        var count = view.Size.Aggregate((Int128)1, (product, length) => product > long.MaxValue ? product : product * length);
        if (count > long.MaxValue) return false;
        if (count == 0) return true;
        var last = (Int128)view.Offset;
        for (var i = 0; i < view.Size.Length; i++) last += (Int128)(view.Size[i] - 1) * view.Stride[i];
        return last < view.Storage.Count;
    }

    private Tensor Elements(string name, PickledStorage storage)
    {
        if (storages.TryGetValue(storage.Key, out var known))
            return known.Type == storage.Type ? known.Elements : throw new InvalidDataException($"'{name}': its storage {storage.Key} holds elements of another type");
        var entry = zip.GetEntry($"{root}/data/{storage.Key}") ?? throw new InvalidDataException($"'{name}': its storage data/{storage.Key} is missing");
        if ((Int128)storage.Count * storage.Type.Size != entry.Length)
            throw new InvalidDataException($"'{name}': its storage data/{storage.Key} has {entry.Length} bytes, not {storage.Count} elements of {storage.Type.Size}");
        var elements = Tensor.FromBytes(Bytes(entry), [storage.Count], storage.Type.DType);
        storages.Add(storage.Key, (storage.Type, elements));
        return elements;
    }

    private byte[] Bytes(ZipArchiveEntry entry)
    {
        if (entry.Length != entry.CompressedLength || entry.Length > fileLength) throw new InvalidDataException($"{entry.FullName}: it is compressed or says it is longer than the file");
        if (entry.Length > Array.MaxLength) throw new InvalidDataException($"{entry.FullName}: it has {entry.Length} bytes; up to {Array.MaxLength} can be read");
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return Crc32.Of(bytes) == entry.Crc32 ? bytes : throw new InvalidDataException($"{entry.FullName}: its checksum is wrong; the file is damaged");
    }
}
