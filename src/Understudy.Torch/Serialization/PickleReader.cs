using System.Buffers.Binary;
using System.Text;

namespace Understudy.Torch.Serialization;

/// <summary>Reads pickles of state dictionaries, and nothing else: no other class or function that a pickle names is ever called.</summary>
/// <remarks>
/// Values come out as <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, null, lists of objects
/// (lists and tuples), <see cref="PickledDictionary"/> and <see cref="PickledTensor"/>.
/// </remarks>
internal sealed class PickleReader(byte[] pickle)
{
    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = new();
    private readonly Dictionary<uint, object?> memo = [];
    private int position;

    /// <summary>Reads the one value of the pickle.</summary>
    /// <exception cref="InvalidDataException">The pickle is malformed or wants more than a state dictionary does.</exception>
    internal object? Read()
    {
        while (true)
        {
            var at = position;
            var opcode = (PickleOpcode)Bytes(1)[0];
            if (opcode == PickleOpcode.Stop) return Pop();
            Execute(opcode, at);
        }
    }

    private void Execute(PickleOpcode opcode, int at)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol: Bytes(1); break;
            case PickleOpcode.Mark: marks.Push(stack.Count); break;
            case PickleOpcode.None: stack.Add(null); break;
            case PickleOpcode.NewTrue: stack.Add(true); break;
            case PickleOpcode.NewFalse: stack.Add(false); break;
            case PickleOpcode.BinInt: stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
            case PickleOpcode.BinInt1: stack.Add((long)Bytes(1)[0]); break;
            case PickleOpcode.BinInt2: stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
            case PickleOpcode.Long1: stack.Add(LongInteger()); break;
            case PickleOpcode.BinFloat: stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;
            case PickleOpcode.BinUnicode: stack.Add(Text(Bytes(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))))); break;
            case PickleOpcode.Global: stack.Add(new PickledGlobal($"{Line()}.{Line()}")); break;
            case PickleOpcode.EmptyTuple or PickleOpcode.EmptyList: stack.Add(new List<object?>()); break;
            case PickleOpcode.EmptyDict: stack.Add(new PickledDictionary()); break;
            case PickleOpcode.Tuple: stack.Add(PopToMark()); break;
            case PickleOpcode.Tuple1: stack.Add(PopLast(1)); break;
            case PickleOpcode.Tuple2: stack.Add(PopLast(2)); break;
            case PickleOpcode.Tuple3: stack.Add(PopLast(3)); break;
            case PickleOpcode.Append: AddToList(PopLast(1)); break;
            case PickleOpcode.Appends: AddToList(PopToMark()); break;
            case PickleOpcode.SetItem: AddToDictionary(PopLast(2)); break;
            case PickleOpcode.SetItems: AddToDictionary(PopToMark()); break;
            case PickleOpcode.BinPut: memo[Bytes(1)[0]] = Top(); break;
            case PickleOpcode.LongBinPut: memo[BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))] = Top(); break;
            case PickleOpcode.BinGet: stack.Add(Recall(Bytes(1)[0])); break;
            case PickleOpcode.LongBinGet: stack.Add(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)))); break;
            case PickleOpcode.BinPersistentId: stack.Add(Storage(Pop())); break;
            case PickleOpcode.Reduce: Reduce(); break;
            case PickleOpcode.Build: Build(); break;
            default: throw Malformed($"instruction 0x{(byte)opcode:x2} at byte {at} has no place in a state dictionary of pickle protocol 2");
        }
    }

    private void Reduce()
    {
        var arguments = Pop() as List<object?> ?? throw Malformed("a call has no arguments");
        var callee = Pop() as PickledGlobal ?? throw Malformed("a call is of something that is no function");
        stack.Add((callee.Name, arguments) switch
        {
            ("collections.OrderedDict", []) => new PickledDictionary(),
            ("torch._utils._rebuild_tensor_v2", [PickledStorage storage, long offset, List<object?> size, List<object?> stride, ..]) =>
                new PickledTensor(storage, offset, Integers(size), Integers(stride)),
            ("torch._utils._rebuild_parameter", [PickledTensor tensor, ..]) => tensor,
            ("collections.OrderedDict" or "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_parameter", _) =>
                throw Malformed($"{callee.Name} is called with other arguments than a state dictionary's"),
            _ => throw Malformed($"it calls '{callee.Name}', which a state dictionary does not need; refused"),
        });
    }

    // Python sets attributes (a state dictionary's _metadata); they are no tensors.
    private void Build()
    {
        Pop();
        if (Top() is not PickledDictionary) throw Malformed("attributes are set on something that is no dictionary");
    }

    private static PickledStorage Storage(object? id)
    {
        if (id is not List<object?> parts || parts is not ["storage", PickledGlobal type, string key, string, long count]) throw Malformed("a persistent id names no storage");
        var name = type.Name;
        const string module = "torch.";
        var storage = name.StartsWith(module, StringComparison.Ordinal) ? StorageType.Named(name[module.Length..]) : null;
        return new(storage ?? throw Malformed($"it stores elements as '{name}', which is not supported"), key, count);
    }

    private static long[] Integers(List<object?> values) => [.. values.Select(v => v is long integer ? integer : throw Malformed("a shape or stride is no integer"))];

    private void AddToList(List<object?> items)
    {
        if (Top() is not List<object?> list) throw Malformed("items are appended to something that is no list");
        list.AddRange(items);
    }

    private void AddToDictionary(List<object?> items)
    {
        if (Top() is not PickledDictionary dictionary || items.Count % 2 != 0) throw Malformed("items are set on something that is no dictionary");
        for (var i = 0; i < items.Count; i += 2) dictionary.Items.Add((items[i], items[i + 1]));
    }

    private object? Recall(uint index) => memo.TryGetValue(index, out var value) ? value : throw Malformed($"it refers to object {index}, which it has not made");

    private object? Top() => stack.Count > 0 ? stack[^1] : throw Malformed("its stack is empty");

    private object? Pop() => PopLast(1)[0];

    private List<object?> PopToMark() => marks.TryPop(out var mark) && mark <= stack.Count ? PopLast(stack.Count - mark) : throw Malformed("a mark is missing");

    private List<object?> PopLast(int count)
    {
        if (count > stack.Count) throw Malformed("its stack is empty");
        var items = stack.GetRange(stack.Count - count, count);
        stack.RemoveRange(stack.Count - count, count);
        return items;
    }

    private long LongInteger()
    {
        var bytes = Bytes(Bytes(1)[0]);
        if (bytes.Length > sizeof(long)) throw Malformed("an integer has more than 64 bits");
        var value = 0L;
        for (var i = 0; i < bytes.Length; i++) value |= (long)bytes[i] << (8 * i);
        var unused = 64 - (8 * bytes.Length);
        return bytes.Length == 0 ? 0 : value << unused >> unused; // sign-extended
    }

    private string Line()
    {
        var length = pickle.AsSpan(position).IndexOf((byte)'\n');
        if (length < 0) throw Malformed("a name does not end");
        var line = Text(Bytes((uint)length));
        position++;
        return line;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private ReadOnlySpan<byte> Bytes(uint count)
    {
        if (count > pickle.Length - position) throw Malformed($"it ends at byte {pickle.Length}, in the middle");
        position += (int)count;
        return pickle.AsSpan(position - (int)count, (int)count);
    }

    private static InvalidDataException Malformed(string what) => new($"data.pkl: {what}");
}
