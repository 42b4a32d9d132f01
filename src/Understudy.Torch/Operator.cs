using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Understudy.Torch.Native;

namespace Understudy.Torch;

/// <summary>An operator of libtorch, called by name through its dispatcher; autograd, tracing and accelerators come with it.</summary>
/// <remarks>Arguments are those of the operator's schema, in its order; trailing ones that have defaults may be left out.</remarks>
/// <param name="name">The schema's name: <c>aten::add</c>.</param>
/// <param name="overload">The schema's overload: <c>Tensor</c>, or empty.</param>
public sealed unsafe class Operator(string name, string overload = "")
{
    private const int MaxArguments = 24;
    private const int ResultsOnStack = 8;
    private const int ResultsOnHeap = 65536;
    private const int ListWordsOnStack = 64;

    private nint handle;

    /// <summary>Calls the operator for its one tensor result, or its first.</summary>
    /// <exception cref="TorchException">libtorch refused the call.</exception>
    public Tensor Call(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[ResultsOnStack];
        var count = Invoke(arguments, results, ResultsOnStack);
        Tensor? first = null;
        for (var i = 0; i < count; i++)
        {
            if (results[i].Tag != NativeTag.Tensor) continue;
            if (first is null) first = Tensor.Own(results[i].Pointer);
            else NativeMethods.us_tensor_free(results[i].Pointer);
        }
        return first ?? throw new TorchException($"{this} gives no tensor");
    }

    /// <summary>Calls the operator for all its tensor results; an undefined one is null.</summary>
    /// <exception cref="TorchException">libtorch refused the call.</exception>
    public Tensor[] CallMany(params ReadOnlySpan<Value> arguments)
    {
        var results = ArrayPool<NativeValue>.Shared.Rent(ResultsOnHeap);
        try
        {
            fixed (NativeValue* pointer = results)
            {
                var count = Invoke(arguments, pointer, results.Length);
                var tensors = new List<Tensor>(count);
                foreach (ref var result in results.AsSpan(0, count))
                {
                    if (result.Tag == NativeTag.Tensor) tensors.Add(Tensor.Own(result.Pointer));
                }
                return [.. tensors];
            }
        }
        finally
        {
            ArrayPool<NativeValue>.Shared.Return(results);
        }
    }

    /// <summary>Calls the operator for what it does to its arguments (in-place operators).</summary>
    /// <exception cref="TorchException">libtorch refused the call.</exception>
    public void Run(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[ResultsOnStack];
        var count = Invoke(arguments, results, ResultsOnStack);
        for (var i = 0; i < count; i++)
        {
            if (results[i].Tag == NativeTag.Tensor) NativeMethods.us_tensor_free(results[i].Pointer);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => overload.Length == 0 ? name : $"{name}.{overload}";

    private int Invoke(ReadOnlySpan<Value> arguments, NativeValue* results, int capacity)
    {
        if (handle == 0)
        {
            NativeMethods.Check(NativeMethods.us_op_find(name, overload, out var found));
            handle = found;
        }
        if (arguments.Length > MaxArguments) throw new ArgumentException($"{this} has at most {MaxArguments} arguments, not {arguments.Length}");

        var words = 0; // of memory that the lists among the arguments take
        foreach (ref readonly var argument in arguments) words += ListWords(argument);
        var onStack = stackalloc long[ListWordsOnStack];
        var memory = words <= ListWordsOnStack ? onStack : (long*)NativeMemory.Alloc((nuint)words, sizeof(long));
        try
        {
            var native = stackalloc NativeValue[MaxArguments];
            var next = memory;
            for (var i = 0; i < arguments.Length; i++) next = Translate(arguments[i], ref native[i], next);
            int count;
            NativeMethods.Check(NativeMethods.us_op_call(handle, native, arguments.Length, results, capacity, &count));
            return count;
        }
        finally
        {
            if (memory != onStack) NativeMemory.Free(memory);
            foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Reference);
        }
    }

    private static int ListWords(in Value argument) => argument.Tag switch
    {
        NativeTag.TensorList or NativeTag.OptionalTensorList => ((Tensor?[])argument.Reference!).Length,
        NativeTag.String => (((byte[])argument.Reference!).Length / sizeof(long)) + 1,
        NativeTag.IntList or NativeTag.BoolList => ((long[])argument.Reference!).Length,
        NativeTag.DoubleList => ((double[])argument.Reference!).Length,
        _ => 0,
    };

    private static long* Translate(in Value argument, ref NativeValue native, long* memory)
    {
        native.Tag = argument.Tag;
        native.Length = 0;
        switch (argument.Tag)
        {
            case NativeTag.Tensor:
                native.Pointer = Unsafe.As<Tensor>(argument.Reference!).Handle;
                return memory;
            case NativeTag.IntList or NativeTag.BoolList:
                return CopyList<long>((long[])argument.Reference!, ref native, memory);
            case NativeTag.DoubleList:
                return CopyList<double>((double[])argument.Reference!, ref native, memory);
            case NativeTag.String:
                CopyList<byte>((byte[])argument.Reference!, ref native, memory);
                return memory + (native.Length / sizeof(long)) + 1;
            case NativeTag.TensorList or NativeTag.OptionalTensorList:
                var tensors = (Tensor?[])argument.Reference!;
                native.Length = tensors.Length;
                native.Pointer = (nint)memory;
                foreach (var tensor in tensors) *memory++ = tensor?.Handle ?? 0;
                return memory;
            default:
                native.Integer = argument.Bits;
                return memory;
        }
    }

    private static long* CopyList<T>(ReadOnlySpan<T> items, ref NativeValue native, long* memory)
        where T : unmanaged
    {
        native.Length = items.Length;
        native.Pointer = (nint)memory;
        items.CopyTo(new Span<T>(memory, items.Length));
        return memory + items.Length;
    }
}
