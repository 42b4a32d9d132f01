using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Understudy.Torch.Serialization;

/// <summary>Named tensors in order: what a module, an optimiser or a checkpoint is saved as.</summary>
/// <remarks>It holds the tensors without owning them.</remarks>
public sealed class StateDictionary : IEnumerable<KeyValuePair<string, Tensor>>
{
    private readonly OrderedDictionary<string, Tensor> tensors = new(StringComparer.Ordinal);

    /// <summary>An empty one.</summary>
    public StateDictionary()
    {
    }

    /// <summary>One with these entries, in their order.</summary>
    public StateDictionary(IEnumerable<KeyValuePair<string, Tensor>> entries)
    {
        foreach (var (name, tensor) in entries) Add(name, tensor);
    }

    /// <summary>Number of entries.</summary>
    public int Count => tensors.Count;

    /// <summary>The names in order.</summary>
    public IReadOnlyList<string> Names => tensors.Keys;

    /// <summary>The tensor of that name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public Tensor this[string name] => tensors.TryGetValue(name, out var tensor) ? tensor : throw new InvalidDataException($"the state has no '{name}'");

    /// <summary>Finds the tensor of that name.</summary>
    public bool TryGetValue(string name, [NotNullWhen(true)] out Tensor? tensor) => tensors.TryGetValue(name, out tensor);

    /// <summary>Adds an entry at the end.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Tensor tensor) => tensors.Add(name, tensor);

    /// <summary>Adds another's entries at the end, their names with a prefix.</summary>
    public void AddRange(string prefix, StateDictionary state)
    {
        foreach (var (name, tensor) in state) Add(prefix + name, tensor);
    }

    /// <summary>The entries whose names begin with a prefix, without it.</summary>
    public StateDictionary Under(string prefix) =>
        new(tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(t => new KeyValuePair<string, Tensor>(t.Key[prefix.Length..], t.Value)));

    /// <summary>A copy of every tensor, without history; the copies outlive every <see cref="TensorScope"/>.</summary>
    public StateDictionary Clone() => new(tensors.Select(t => new KeyValuePair<string, Tensor>(t.Key, TensorScope.Persist(Copy(t.Value)))));

    /// <summary>Overwrites the tensors' elements with those of a state of the same names and shapes, in any order.</summary>
    /// <exception cref="InvalidDataException">A name is missing or unknown, or a shape differs; nothing was changed then.</exception>
    public void CopyFrom(StateDictionary source)
    {
        foreach (var (name, tensor) in tensors)
        {
            if (!source.TryGetValue(name, out var other)) throw new InvalidDataException($"the state has no '{name}'");
            if (!other.Shape.SequenceEqual(tensor.Shape))
                throw new InvalidDataException($"'{name}' has shape [{string.Join(", ", other.Shape)}] in the state; [{string.Join(", ", tensor.Shape)}] is wanted");
        }
        if (source.Names.FirstOrDefault(n => !tensors.ContainsKey(n)) is { } unknown) throw new InvalidDataException($"the state has '{unknown}', which is not wanted");

        using var noGrad = Autograd.NoGrad();
        foreach (var (name, tensor) in tensors) tensor.CopyFrom(source[name]);
    }

    /// <summary>Reads a file that <see cref="Save"/> or Python's <c>torch.save</c> (since 1.6) wrote. The file may come from anyone: nothing in it is run.</summary>
    /// <remarks>
    /// The tensors are on the CPU. Nested dictionaries and lists become names with dots, numbers become scalars; texts and None are left out.
    /// Tensors that shared memory when they were saved do so again.
    /// </remarks>
    /// <exception cref="InvalidDataException">It is no such file, or damaged, or holds other objects; the message says which and where.</exception>
    public static StateDictionary Load(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            return StateReader.Read(stream);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Writes a file that Python's <c>torch.load</c> opens, <c>weights_only</c> or not; it is there whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written: the disk is full or fails, or the folder may not be written to. What was there before is there still.</exception>
    public void Save(string path)
    {
        var unfinished = path + ".tmp";
        try
        {
            using (var stream = File.Create(unfinished))
            {
                StateWriter.Write(this, stream);
                stream.Flush(flushToDisk: true); // a rename may outlive a power failure that the contents do not
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" }) // the last for a file larger than may be
        {
            File.Delete(unfinished);
            throw new IOException($"{path} cannot be written: {e.Message}", e);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator() => tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Tensor Copy(Tensor tensor)
    {
        using var noGrad = Autograd.NoGrad();
        return tensor.Clone();
    }
}
