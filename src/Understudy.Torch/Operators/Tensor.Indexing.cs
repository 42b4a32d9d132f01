namespace Understudy.Torch;

/// <content>Choosing elements.</content>
public sealed partial class Tensor
{
    private static readonly Operator NarrowOp = new("aten::narrow");
    private static readonly Operator SelectOp = new("aten::select", "int");
    private static readonly Operator IndexSelectOp = new("aten::index_select");
    private static readonly Operator GatherOp = new("aten::gather");
    private static readonly Operator ScatterValueOp = new("aten::scatter", "value");
    private static readonly Operator ScatterAddOp = new("aten::scatter_add");
    private static readonly Operator IndexTensorOp = new("aten::index", "Tensor");
    private static readonly Operator MaskedSelectOp = new("aten::masked_select");
    private static readonly Operator OneHotOp = new("aten::one_hot");
    private static readonly Operator NonzeroOp = new("aten::nonzero");
    private static readonly Operator TriuOp = new("aten::triu");
    private static readonly Operator TrilOp = new("aten::tril");
    private static readonly Operator DiagonalOp = new("aten::diagonal");

    /// <summary>The slice [start, start + length) along a dimension; shares memory.</summary>
    public Tensor Narrow(long dimension, long start, long length) => NarrowOp.Call(this, dimension, start, length);

    /// <summary>One slice along a dimension, without it; shares memory.</summary>
    public Tensor Select(long dimension, long index) => SelectOp.Call(this, dimension, index);

    /// <summary>The slices at indices [I] (Int64) along a dimension.</summary>
    public Tensor IndexSelect(long dimension, Tensor indices) => IndexSelectOp.Call(this, dimension, indices);

    /// <summary>Element by element: out[i][j] = x[i][indices[i][j]] for dimension 1.</summary>
    public Tensor Gather(long dimension, Tensor indices) => GatherOp.Call(this, dimension, indices);

    /// <summary>A copy with value written at indices.</summary>
    public Tensor Scatter(long dimension, Tensor indices, double value) => ScatterValueOp.Call(this, dimension, indices, value);

    /// <summary>A copy with the source added at indices.</summary>
    public Tensor ScatterAdd(long dimension, Tensor indices, Tensor source) => ScatterAddOp.Call(this, dimension, indices, source);

    /// <summary>NumPy-style indexing, one index tensor a dimension; null takes all of it.</summary>
    public Tensor Index(params Tensor?[] indices) => IndexTensorOp.Call(this, Value.OptionalTensors(indices));

    /// <summary>The elements where the mask is true, [M].</summary>
    public Tensor MaskedSelect(Tensor mask) => MaskedSelectOp.Call(this, mask);

    /// <summary>Class indices [B] (Int64) as rows [B, K] (Int64) with a single 1.</summary>
    public Tensor OneHot(long classes) => OneHotOp.Call(this, classes);

    /// <summary>Indices of the elements that are not 0, [M, dimensions].</summary>
    public Tensor Nonzero() => NonzeroOp.Call(this);

    /// <summary>The upper triangle; 0 below.</summary>
    public Tensor Triu(long diagonal = 0) => TriuOp.Call(this, diagonal);

    /// <summary>The lower triangle; 0 above.</summary>
    public Tensor Tril(long diagonal = 0) => TrilOp.Call(this, diagonal);

    /// <summary>The diagonal of a matrix.</summary>
    public Tensor Diagonal() => DiagonalOp.Call(this);
}
