using System.Buffers.Binary;
using System.Text;

namespace Understudy.Torch.Serialization;

/// <summary>Writes the pickle of an <c>OrderedDict</c> of tensors, whose elements lie in storages of their own.</summary>
internal static class PickleWriter
{
    /// <summary>The pickle of tensors that are stored under the keys 0, 1, … in the given order.</summary>
    internal static byte[] Write(IEnumerable<KeyValuePair<string, Tensor>> entries)
    {
        using var output = new MemoryStream();
        Write(output, PickleOpcode.Protocol);
        output.WriteByte(2);
        EmptyOrderedDictionary(output);
        Write(output, PickleOpcode.Mark);
        var key = 0;
        foreach (var (name, tensor) in entries)
        {
            Text(output, name);
            Rebuild(output, tensor, key++);
        }
        Write(output, PickleOpcode.SetItems);
        Write(output, PickleOpcode.Stop);
        return output.ToArray();
    }

    // _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks)
    private static void Rebuild(MemoryStream output, Tensor tensor, int key)
    {
        var shape = tensor.Shape;
        Global(output, "torch._utils", "_rebuild_tensor_v2");
        Write(output, PickleOpcode.Mark);

        Write(output, PickleOpcode.Mark);
        Text(output, "storage");
        Global(output, "torch", StorageType.Of(tensor.DType).ClassName);
        Text(output, $"{key}");
        Text(output, "cpu");
        Integer(output, tensor.Count);
        Write(output, PickleOpcode.Tuple);
        Write(output, PickleOpcode.BinPersistentId);

        Integer(output, 0);
        Integers(output, shape);
        Integers(output, RowMajorStrides(shape));
        Write(output, PickleOpcode.NewFalse);
        EmptyOrderedDictionary(output);
        Write(output, PickleOpcode.Tuple);
        Write(output, PickleOpcode.Reduce);
    }

    private static long[] RowMajorStrides(long[] shape)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(shape[i], 1);
        }
        return strides;
    }

    private static void EmptyOrderedDictionary(MemoryStream output)
    {
        Global(output, "collections", "OrderedDict");
        Write(output, PickleOpcode.EmptyTuple);
        Write(output, PickleOpcode.Reduce);
    }

    private static void Write(MemoryStream output, PickleOpcode opcode) => output.WriteByte((byte)opcode);

    private static void Global(MemoryStream output, string module, string name)
    {
        Write(output, PickleOpcode.Global);
        output.Write(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));
    }

    private static void Text(MemoryStream output, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Write(output, PickleOpcode.BinUnicode);
        FourBytes(output, bytes.Length);
        output.Write(bytes);
    }

    private static void Integers(MemoryStream output, long[] values)
    {
        Write(output, PickleOpcode.Mark);
        foreach (var value in values) Integer(output, value);
        Write(output, PickleOpcode.Tuple);
    }

    private static void Integer(MemoryStream output, long value)
    {
        Write(output, PickleOpcode.BinInt);
        FourBytes(output, checked((int)value));
    }

    private static void FourBytes(MemoryStream output, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        output.Write(bytes);
    }
}
