namespace Understudy.Torch;

/// <content>Reductions and orderings.</content>
public sealed partial class Tensor
{
    private static readonly Operator SumAllOp = new("aten::sum");
    private static readonly Operator SumDimsOp = new("aten::sum", "dim_IntList");
    private static readonly Operator MeanAllOp = new("aten::mean");
    private static readonly Operator MeanDimsOp = new("aten::mean", "dim");
    private static readonly Operator VarDimsOp = new("aten::var", "dim");
    private static readonly Operator StdDimsOp = new("aten::std", "dim");
    private static readonly Operator MaxAllOp = new("aten::max");
    private static readonly Operator MinAllOp = new("aten::min");
    private static readonly Operator MaxDimOp = new("aten::max", "dim");
    private static readonly Operator MinDimOp = new("aten::min", "dim");
    private static readonly Operator AmaxOp = new("aten::amax");
    private static readonly Operator AminOp = new("aten::amin");
    private static readonly Operator ArgMaxOp = new("aten::argmax");
    private static readonly Operator ArgMinOp = new("aten::argmin");
    private static readonly Operator LogSumExpOp = new("aten::logsumexp");
    private static readonly Operator NormDimsOp = new("aten::norm", "ScalarOpt_dim");
    private static readonly Operator CumSumOp = new("aten::cumsum");
    private static readonly Operator AnyOp = new("aten::any");
    private static readonly Operator AllOp = new("aten::all");
    private static readonly Operator TopKOp = new("aten::topk");
    private static readonly Operator SortOp = new("aten::sort");
    private static readonly Operator ArgSortOp = new("aten::argsort");

    /// <summary>Sum of all elements.</summary>
    public Tensor Sum() => SumAllOp.Call(this);

    /// <summary>Sum along dimensions.</summary>
    public Tensor Sum(long[] dimensions, bool keepDim = false) => SumDimsOp.Call(this, dimensions, keepDim);

    /// <summary>Mean of all elements.</summary>
    public Tensor Mean() => MeanAllOp.Call(this);

    /// <summary>Mean along dimensions.</summary>
    public Tensor Mean(long[] dimensions, bool keepDim = false) => MeanDimsOp.Call(this, dimensions, keepDim);

    /// <summary>Variance along dimensions.</summary>
    public Tensor Var(long[] dimensions, bool unbiased = true, bool keepDim = false) => VarDimsOp.Call(this, dimensions, unbiased, keepDim);

    /// <summary>Standard deviation along dimensions.</summary>
    public Tensor Std(long[] dimensions, bool unbiased = true, bool keepDim = false) => StdDimsOp.Call(this, dimensions, unbiased, keepDim);

    /// <summary>The largest element.</summary>
    public Tensor Max() => MaxAllOp.Call(this);

    /// <summary>The smallest element.</summary>
    public Tensor Min() => MinAllOp.Call(this);

    /// <summary>The largest elements along a dimension, and where they are.</summary>
    public (Tensor Values, Tensor Indices) Max(long dimension, bool keepDim = false)
    {
        var both = MaxDimOp.CallMany(this, dimension, keepDim);
        return (both[0], both[1]);
    }

    /// <summary>The smallest elements along a dimension, and where they are.</summary>
    public (Tensor Values, Tensor Indices) Min(long dimension, bool keepDim = false)
    {
        var both = MinDimOp.CallMany(this, dimension, keepDim);
        return (both[0], both[1]);
    }

    /// <summary>The largest elements along dimensions.</summary>
    public Tensor Amax(long[] dimensions, bool keepDim = false) => AmaxOp.Call(this, dimensions, keepDim);

    /// <summary>The smallest elements along dimensions.</summary>
    public Tensor Amin(long[] dimensions, bool keepDim = false) => AminOp.Call(this, dimensions, keepDim);

    /// <summary>Where the largest element along a dimension is.</summary>
    public Tensor ArgMax(long dimension, bool keepDim = false) => ArgMaxOp.Call(this, dimension, keepDim);

    /// <summary>Where the smallest element along a dimension is.</summary>
    public Tensor ArgMin(long dimension, bool keepDim = false) => ArgMinOp.Call(this, dimension, keepDim);

    /// <summary>ln Σ e^x along dimensions, without overflow.</summary>
    public Tensor LogSumExp(long[] dimensions, bool keepDim = false) => LogSumExpOp.Call(this, dimensions, keepDim);

    /// <summary>The p-norm along dimensions.</summary>
    public Tensor Norm(long[] dimensions, double p = 2, bool keepDim = false) => NormDimsOp.Call(this, p, dimensions, keepDim);

    /// <summary>Running sums along a dimension.</summary>
    public Tensor CumSum(long dimension) => CumSumOp.Call(this, dimension);

    /// <summary>Whether any element is true.</summary>
    public Tensor Any() => AnyOp.Call(this);

    /// <summary>Whether every element is true.</summary>
    public Tensor All() => AllOp.Call(this);

    /// <summary>The k largest (or smallest) elements along a dimension, sorted, and where they are.</summary>
    public (Tensor Values, Tensor Indices) TopK(long k, long dimension = -1, bool largest = true)
    {
        var both = TopKOp.CallMany(this, k, dimension, largest);
        return (both[0], both[1]);
    }

    /// <summary>The elements in order along a dimension, and where they were.</summary>
    public (Tensor Values, Tensor Indices) Sort(long dimension = -1, bool descending = false)
    {
        var both = SortOp.CallMany(this, dimension, descending);
        return (both[0], both[1]);
    }

    /// <summary>The indices that sort along a dimension.</summary>
    public Tensor ArgSort(long dimension = -1, bool descending = false) => ArgSortOp.Call(this, dimension, descending);
}
