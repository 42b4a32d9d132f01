namespace Understudy.Torch;

/// <content>What changes a tensor where it lies.</content>
public sealed partial class Tensor
{
    private static readonly Operator AddInPlaceOp = new("aten::add_", "Tensor");
    private static readonly Operator AddScalarInPlaceOp = new("aten::add_", "Scalar");
    private static readonly Operator MulInPlaceOp = new("aten::mul_", "Tensor");
    private static readonly Operator MulScalarInPlaceOp = new("aten::mul_", "Scalar");
    private static readonly Operator DivInPlaceOp = new("aten::div_", "Tensor");
    private static readonly Operator SubInPlaceOp = new("aten::sub_", "Tensor");
    private static readonly Operator CopyInPlaceOp = new("aten::copy_");
    private static readonly Operator FillInPlaceOp = new("aten::fill_", "Scalar");
    private static readonly Operator ZeroInPlaceOp = new("aten::zero_");
    private static readonly Operator ClampInPlaceOp = new("aten::clamp_");
    private static readonly Operator LerpInPlaceOp = new("aten::lerp_", "Scalar");
    private static readonly Operator NormalInPlaceOp = new("aten::normal_");
    private static readonly Operator UniformInPlaceOp = new("aten::uniform_");
    private static readonly Operator BernoulliInPlaceOp = new("aten::bernoulli_", "float");

    /// <summary>Adds alpha · other here; returns itself.</summary>
    public Tensor AddInPlace(Tensor other, double alpha = 1)
    {
        AddInPlaceOp.Run(this, other, alpha);
        return this;
    }

    /// <summary>Adds a number here; returns itself.</summary>
    /// <remarks>A whole number keeps integers integers.</remarks>
    public Tensor AddInPlace(long other)
    {
        AddScalarInPlaceOp.Run(this, other);
        return this;
    }

    /// <summary>Adds a number here; returns itself.</summary>
    public Tensor AddInPlace(double other)
    {
        AddScalarInPlaceOp.Run(this, other);
        return this;
    }

    /// <summary>Subtracts here; returns itself.</summary>
    public Tensor SubInPlace(Tensor other)
    {
        SubInPlaceOp.Run(this, other);
        return this;
    }

    /// <summary>Multiplies here; returns itself.</summary>
    public Tensor MulInPlace(Tensor other)
    {
        MulInPlaceOp.Run(this, other);
        return this;
    }

    /// <summary>Multiplies here; returns itself.</summary>
    public Tensor MulInPlace(double other)
    {
        MulScalarInPlaceOp.Run(this, other);
        return this;
    }

    /// <summary>Divides here; returns itself.</summary>
    public Tensor DivInPlace(Tensor other)
    {
        DivInPlaceOp.Run(this, other);
        return this;
    }

    /// <summary>Overwrites the elements with the source's, converted and broadcast; returns itself.</summary>
    public Tensor CopyFrom(Tensor source)
    {
        CopyInPlaceOp.Run(this, source);
        return this;
    }

    /// <summary>Overwrites every element; returns itself.</summary>
    public Tensor Fill(double value)
    {
        FillInPlaceOp.Run(this, value);
        return this;
    }

    /// <summary>Overwrites every element with 0; returns itself.</summary>
    public Tensor Zero()
    {
        ZeroInPlaceOp.Run(this);
        return this;
    }

    /// <summary>Holds the elements within [min, max]; returns itself.</summary>
    public Tensor ClampInPlace(double min, double max)
    {
        ClampInPlaceOp.Run(this, min, max);
        return this;
    }

    /// <summary>Moves the elements the given part of the way to end; returns itself.</summary>
    public Tensor LerpInPlace(Tensor end, double weight)
    {
        LerpInPlaceOp.Run(this, end, weight);
        return this;
    }

    /// <summary>Overwrites with draws from N(mean, std²) of the seeded generator; returns itself.</summary>
    public Tensor FillNormal(double mean = 0, double std = 1)
    {
        NormalInPlaceOp.Run(this, mean, std);
        return this;
    }

    /// <summary>Overwrites with draws from U[from, to) of the seeded generator; returns itself.</summary>
    public Tensor FillUniform(double from = 0, double to = 1)
    {
        UniformInPlaceOp.Run(this, from, to);
        return this;
    }

    /// <summary>Overwrites with 1 at that probability, else 0; returns itself.</summary>
    public Tensor FillBernoulli(double probability)
    {
        BernoulliInPlaceOp.Run(this, probability);
        return this;
    }
}
