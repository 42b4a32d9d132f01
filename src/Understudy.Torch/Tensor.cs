using System.Diagnostics;
using System.Runtime.InteropServices;
using Understudy.Torch.Native;

namespace Understudy.Torch;

/// <summary>An n-dimensional array of libtorch: elements of one type, on one device, with its history if gradients flow through it.</summary>
/// <remarks>
/// It is its own safe handle, one object a tensor, because small operators cost less than a second object would. Made inside a
/// <see cref="TensorScope"/> it is freed with the scope.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed unsafe partial class Tensor : SafeHandle
{
    private Tensor(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    /// <summary>Number of tensors that the program holds, in all threads; for leak tests.</summary>
    public static long LiveCount => NativeMethods.us_tensor_live_count();

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Lengths of the dimensions; empty for a scalar.</summary>
    public long[] Shape
    {
        get
        {
            const int usual = 8;
            var buffer = stackalloc long[usual];
            NativeMethods.Check(NativeMethods.us_tensor_shape(Handle, buffer, usual, out var dimensions));
            var shape = new long[dimensions];
            if (dimensions <= usual) new ReadOnlySpan<long>(buffer, dimensions).CopyTo(shape);
            else fixed (long* all = shape) NativeMethods.Check(NativeMethods.us_tensor_shape(Handle, all, dimensions, out _));
            GC.KeepAlive(this);
            return shape;
        }
    }

    /// <summary>Number of elements.</summary>
    public long Count => Info.Elements;

    /// <summary>Type of the elements.</summary>
    public DType DType => Info.DType;

    /// <summary>Whether the elements are real numbers, so that gradients can exist.</summary>
    public bool IsFloatingPoint => DType is DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16;

    /// <summary>Where the elements are.</summary>
    public Device Device => Info.Device;

    /// <summary>Whether the elements lie in row-major order without gaps.</summary>
    public bool IsContiguous => (Info.Flags & 4) != 0;

    /// <summary>Whether the elements of [N, C, H, W] lie as N, H, W, C without gaps.</summary>
    public bool IsChannelsLast => (Info.Flags & 8) != 0;

    /// <summary>Whether no operator that gradients flow through made it.</summary>
    public bool IsLeaf => (Info.Flags & 2) != 0;

    /// <summary>The raw pointer, for as long as the caller keeps this object alive.</summary>
    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    private (long Elements, DType DType, Device Device, int Flags) Info
    {
        get
        {
            NativeMethods.Check(NativeMethods.us_tensor_info(Handle, out var elements, out var dtype, out var type, out var index, out var flags));
            GC.KeepAlive(this);
            return (elements, (DType)dtype, new Device((DeviceType)type, index), flags);
        }
    }

    /// <summary>Length of one dimension; negative ones count from the end.</summary>
    public long Size(int dimension)
    {
        var shape = Shape;
        return shape[dimension < 0 ? dimension + shape.Length : dimension];
    }

    /// <summary>Copies the elements out, row-major; waits for the device.</summary>
    /// <typeparam name="T">The C# type of the elements: float for <see cref="DType.Float32"/>, and so on.</typeparam>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not the type of the elements.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var info = Info;
        if (ElementTypes.Of<T>() != info.DType) throw new InvalidOperationException($"the elements are {info.DType}, not {typeof(T).Name}");
        var result = new T[info.Elements];
        CopyTo(result);
        return result;
    }

    /// <summary>Copies the elements, row-major, into memory that is there already.</summary>
    /// <param name="destination">As many as the tensor has.</param>
    /// <exception cref="InvalidOperationException">The elements have another type.</exception>
    /// <exception cref="ArgumentException">The destination is longer or shorter.</exception>
    public void CopyTo<T>(Span<T> destination)
        where T : unmanaged
    {
        var info = Info;
        if (ElementTypes.Of<T>() != info.DType) throw new InvalidOperationException($"the elements are {info.DType}, not {typeof(T).Name}");
        if (destination.Length != info.Elements) throw new ArgumentException($"{info.Elements} elements do not fill {destination.Length} places", nameof(destination));
        fixed (T* pointer = destination) NativeMethods.Check(NativeMethods.us_tensor_copy_to(Handle, pointer, (long)destination.Length * sizeof(T)));
        GC.KeepAlive(this);
    }

    /// <summary>Copies the elements out as they lie in memory, row-major, whatever their type.</summary>
    internal byte[] ToBytes()
    {
        var bytes = new byte[Count * Serialization.StorageType.Of(DType).Size];
        fixed (byte* pointer = bytes) NativeMethods.Check(NativeMethods.us_tensor_copy_to(Handle, pointer, bytes.Length));
        GC.KeepAlive(this);
        return bytes;
    }

    /// <summary>A tensor of elements that lie row-major in memory.</summary>
    internal static Tensor FromBytes(ReadOnlySpan<byte> bytes, long[] shape, DType dtype)
    {
        fixed (byte* pointer = bytes)
        fixed (long* lengths = shape)
        {
            NativeMethods.Check(NativeMethods.us_tensor_from_data(pointer, bytes.Length, lengths, shape.Length, (int)dtype, out var handle));
            return Own(handle);
        }
    }

    /// <summary>The only element, as a number of type <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element, or it has another type.</exception>
    public T Item<T>()
        where T : unmanaged
    {
        var all = ToArray<T>();
        return all.Length == 1 ? all[0] : throw new InvalidOperationException($"a tensor of shape [{string.Join(", ", Shape)}] is no single number");
    }

    /// <inheritdoc/>
    public override string ToString() => IsClosed ? "Tensor (disposed)" : TensorPrinter.Print(this);

    /// <summary>Takes over a handle that the library gave out; the innermost scope will free it. Null stays null.</summary>
    internal static Tensor Own(nint handle)
    {
        if (handle == 0) return null!;
        var tensor = new Tensor(handle);
        TensorScope.Register(tensor);
        return tensor;
    }

    /// <summary>Gives the handle up without freeing it: another owns it.</summary>
    internal nint Release()
    {
        var released = Handle;
        SetHandleAsInvalid();
        return released;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMethods.us_tensor_free(handle);
        return true;
    }
}
