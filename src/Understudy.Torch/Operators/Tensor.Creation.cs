namespace Understudy.Torch;

/// <content>Making tensors. Random ones are the experiment's, never privacy noise.</content>
public sealed partial class Tensor
{
    private static readonly Operator ZerosOp = new("aten::zeros");
    private static readonly Operator OnesOp = new("aten::ones");
    private static readonly Operator FullOp = new("aten::full");
    private static readonly Operator EmptyOp = new("aten::empty", "memory_format");
    private static readonly Operator ArangeOp = new("aten::arange", "start_step");
    private static readonly Operator LinspaceOp = new("aten::linspace");
    private static readonly Operator EyeOp = new("aten::eye");
    private static readonly Operator RandOp = new("aten::rand");
    private static readonly Operator RandNOp = new("aten::randn");
    private static readonly Operator RandIntOp = new("aten::randint", "low");
    private static readonly Operator RandPermOp = new("aten::randperm");
    private static readonly Operator ZerosLikeOp = new("aten::zeros_like");
    private static readonly Operator OnesLikeOp = new("aten::ones_like");
    private static readonly Operator EmptyLikeOp = new("aten::empty_like");
    private static readonly Operator RandNLikeOp = new("aten::randn_like");
    private static readonly Operator RandLikeOp = new("aten::rand_like");
    private static readonly Operator MultinomialOp = new("aten::multinomial");

    /// <summary>All 0.</summary>
    public static Tensor Zeros(long[] shape, DType dtype = DType.Float32, Device? device = null) => ZerosOp.Call(shape, dtype, Value.None, device ?? Torch.Device.Cpu);

    /// <summary>All 1.</summary>
    public static Tensor Ones(long[] shape, DType dtype = DType.Float32, Device? device = null) => OnesOp.Call(shape, dtype, Value.None, device ?? Torch.Device.Cpu);

    /// <summary>All one value.</summary>
    public static Tensor Full(long[] shape, double value, DType dtype = DType.Float32, Device? device = null) => FullOp.Call(shape, value, dtype, Value.None, device ?? Torch.Device.Cpu);

    /// <summary>Memory as it is found.</summary>
    public static Tensor Empty(long[] shape, DType dtype = DType.Float32, Device? device = null) => EmptyOp.Call(shape, dtype, Value.None, device ?? Torch.Device.Cpu);

    /// <summary>start, start + step, … below end.</summary>
    public static Tensor Arange(double start, double end, double step = 1, DType dtype = DType.Float32, Device? device = null) => ArangeOp.Call(start, end, step, dtype, Value.None, device ?? Torch.Device.Cpu);

    /// <summary>Evenly spaced numbers, both ends included.</summary>
    public static Tensor Linspace(double start, double end, long steps, DType dtype = DType.Float32, Device? device = null) => LinspaceOp.Call(start, end, steps, dtype, Value.None, device ?? Torch.Device.Cpu);

    /// <summary>The identity matrix.</summary>
    public static Tensor Eye(long size, DType dtype = DType.Float32, Device? device = null) => EyeOp.Call(size, dtype, Value.None, device ?? Torch.Device.Cpu);

    /// <summary>Draws from U[0, 1) of the seeded generator.</summary>
    public static Tensor Rand(long[] shape, DType dtype = DType.Float32, Device? device = null) => RandOp.Call(shape, dtype, Value.None, device ?? Torch.Device.Cpu);

    /// <summary>Draws from N(0, 1) of the seeded generator.</summary>
    public static Tensor RandN(long[] shape, DType dtype = DType.Float32, Device? device = null) => RandNOp.Call(shape, dtype, Value.None, device ?? Torch.Device.Cpu);

    /// <summary>Integers drawn uniformly from [low, high).</summary>
    public static Tensor RandInt(long low, long high, long[] shape, DType dtype = DType.Int64, Device? device = null) => RandIntOp.Call(low, high, shape, dtype, Value.None, device ?? Torch.Device.Cpu);

    /// <summary>0 … count - 1 in random order.</summary>
    public static Tensor RandPerm(long count, DType dtype = DType.Int64, Device? device = null) => RandPermOp.Call(count, dtype, Value.None, device ?? Torch.Device.Cpu);

    /// <summary>All 0, shaped as x.</summary>
    public static Tensor ZerosLike(Tensor x) => ZerosLikeOp.Call(x);

    /// <summary>All 1, shaped as x.</summary>
    public static Tensor OnesLike(Tensor x) => OnesLikeOp.Call(x);

    /// <summary>Memory as it is found, shaped as x.</summary>
    public static Tensor EmptyLike(Tensor x) => EmptyLikeOp.Call(x);

    /// <summary>Draws from N(0, 1), shaped as x.</summary>
    public static Tensor RandNLike(Tensor x) => RandNLikeOp.Call(x);

    /// <summary>Draws from U[0, 1), shaped as x.</summary>
    public static Tensor RandLike(Tensor x) => RandLikeOp.Call(x);

    /// <summary>Indices drawn with probability proportional to the elements of each row.</summary>
    public Tensor Multinomial(long draws, bool replacement) => MultinomialOp.Call(this, draws, replacement);

    /// <summary>A copy of an array, shaped, or else a vector; the type of the elements decides the tensor's.</summary>
    /// <exception cref="TorchException">The array's length is not the shape's.</exception>
    public static unsafe Tensor From<T>(ReadOnlySpan<T> data, params long[] shape)
        where T : unmanaged
    {
        if (shape.Length == 0) shape = [data.Length];
        fixed (T* pointer = data)
        fixed (long* lengths = shape)
        {
            Native.NativeMethods.Check(Native.NativeMethods.us_tensor_from_data(pointer, (long)data.Length * sizeof(T), lengths, shape.Length, (int)ElementTypes.Of<T>(), out var handle));
            return Own(handle);
        }
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, long[])"/>
    public static Tensor From<T>(T[] data, params long[] shape)
        where T : unmanaged => From((ReadOnlySpan<T>)data, shape);
}
