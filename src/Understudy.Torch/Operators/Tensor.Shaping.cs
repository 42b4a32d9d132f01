namespace Understudy.Torch;

/// <content>Shapes, views, memory order, types and devices.</content>
public sealed partial class Tensor
{
    private static readonly Operator ReshapeOp = new("aten::reshape");
    private static readonly Operator ViewOp = new("aten::view");
    private static readonly Operator TransposeOp = new("aten::transpose", "int");
    private static readonly Operator PermuteOp = new("aten::permute");
    private static readonly Operator SqueezeAllOp = new("aten::squeeze");
    private static readonly Operator SqueezeDimOp = new("aten::squeeze", "dim");
    private static readonly Operator UnsqueezeOp = new("aten::unsqueeze");
    private static readonly Operator ExpandOp = new("aten::expand");
    private static readonly Operator FlattenOp = new("aten::flatten", "using_ints");
    private static readonly Operator UnflattenOp = new("aten::unflatten", "int");
    private static readonly Operator AsStridedOp = new("aten::as_strided");
    private static readonly Operator ContiguousOp = new("aten::contiguous");
    private static readonly Operator CloneOp = new("aten::clone");
    private static readonly Operator CatOp = new("aten::cat");
    private static readonly Operator StackOp = new("aten::stack");
    private static readonly Operator SplitOp = new("aten::split", "Tensor");
    private static readonly Operator ChunkOp = new("aten::chunk");
    private static readonly Operator UnbindOp = new("aten::unbind", "int");
    private static readonly Operator RepeatOp = new("aten::repeat");
    private static readonly Operator FlipOp = new("aten::flip");
    private static readonly Operator RollOp = new("aten::roll");
    private static readonly Operator PadOp = new("aten::pad");
    private static readonly Operator ToDTypeOp = new("aten::to", "dtype");
    private static readonly Operator ToDeviceOp = new("aten::to", "device");

    /// <summary>The same elements in another shape; one length may be -1.</summary>
    public Tensor Reshape(params long[] shape) => ReshapeOp.Call(this, shape);

    /// <summary>The same memory in another shape.</summary>
    public Tensor View(params long[] shape) => ViewOp.Call(this, shape);

    /// <summary>Two dimensions swapped.</summary>
    public Tensor Transpose(long first, long second) => TransposeOp.Call(this, first, second);

    /// <summary>The dimensions in another order.</summary>
    public Tensor Permute(params long[] dimensions) => PermuteOp.Call(this, dimensions);

    /// <summary>Without dimensions of length 1.</summary>
    public Tensor Squeeze() => SqueezeAllOp.Call(this);

    /// <summary>Without that dimension, if its length is 1.</summary>
    public Tensor Squeeze(long dimension) => SqueezeDimOp.Call(this, dimension);

    /// <summary>With a new dimension of length 1 there.</summary>
    public Tensor Unsqueeze(long dimension) => UnsqueezeOp.Call(this, dimension);

    /// <summary>Dimensions of length 1 repeated without copying; -1 keeps a length.</summary>
    public Tensor Expand(params long[] shape) => ExpandOp.Call(this, shape);

    /// <summary>Dimensions start to end made one.</summary>
    public Tensor Flatten(long start = 0, long end = -1) => FlattenOp.Call(this, start, end);

    /// <summary>One dimension made several, whose lengths multiply to its own.</summary>
    public Tensor Unflatten(long dimension, params long[] lengths) => UnflattenOp.Call(this, dimension, lengths);

    /// <summary>The same memory seen as a shape whose steps between neighbours, in elements, are the strides.</summary>
    public Tensor AsStrided(long[] shape, long[] strides, long offset = 0) => AsStridedOp.Call(this, shape, strides, offset);

    /// <summary>The elements in that memory order, copied if they are not yet.</summary>
    public Tensor Contiguous(MemoryFormat format = MemoryFormat.Contiguous) => ContiguousOp.Call(this, format);

    /// <summary>A copy; gradients flow through it.</summary>
    public Tensor Clone() => CloneOp.Call(this);

    /// <summary>Tensors joined along a dimension.</summary>
    public static Tensor Cat(Tensor[] tensors, long dimension = 0) => CatOp.Call(tensors, dimension);

    /// <summary>Tensors joined along a new dimension.</summary>
    public static Tensor Stack(Tensor[] tensors, long dimension = 0) => StackOp.Call(tensors, dimension);

    /// <summary>Parts of at most that size along a dimension.</summary>
    public Tensor[] Split(long size, long dimension = 0) => SplitOp.CallMany(this, size, dimension);

    /// <summary>At most that many equal parts along a dimension.</summary>
    public Tensor[] Chunk(long chunks, long dimension = 0) => ChunkOp.CallMany(this, chunks, dimension);

    /// <summary>The slices along a dimension, without it.</summary>
    public Tensor[] Unbind(long dimension = 0) => UnbindOp.CallMany(this, dimension);

    /// <summary>Copies side by side along each dimension.</summary>
    public Tensor Repeat(params long[] times) => RepeatOp.Call(this, times);

    /// <summary>Reversed along dimensions.</summary>
    public Tensor Flip(params long[] dimensions) => FlipOp.Call(this, dimensions);

    /// <summary>Shifted along dimensions; what leaves at one end enters at the other.</summary>
    public Tensor Roll(long[] shifts, long[] dimensions) => RollOp.Call(this, shifts, dimensions);

    /// <summary>Padded: pairs (before, after) from the last dimension on; mode constant, reflect, replicate or circular.</summary>
    public Tensor Pad(long[] padding, string mode = "constant", double value = 0) => mode == "constant" ? PadOp.Call(this, padding, mode, value) : PadOp.Call(this, padding, mode);

    /// <summary>The elements as another type; itself if they are of that type.</summary>
    public Tensor To(DType dtype) => ToDTypeOp.Call(this, dtype);

    /// <summary>On another device; itself if it is there.</summary>
    public Tensor To(Device device) => ToDeviceOp.Call(this, device, DType);
}
