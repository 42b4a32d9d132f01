using Understudy.Torch.Modules;

namespace Understudy.Torch.Initialization;

/// <summary>Starting values of parameters, drawn from the seeded generator as PyTorch draws them; each overwrites a tensor and returns it.</summary>
public static class Initializers
{
    private static readonly Operator QrOp = new("aten::linalg_qr");

    /// <summary>N(mean, std²).</summary>
    public static Tensor Normal(Tensor tensor, double mean = 0, double std = 1)
    {
        using var noGrad = Autograd.NoGrad();
        return tensor.FillNormal(mean, std);
    }

    /// <summary>U[from, to).</summary>
    public static Tensor Uniform(Tensor tensor, double from = 0, double to = 1)
    {
        using var noGrad = Autograd.NoGrad();
        return tensor.FillUniform(from, to);
    }

    /// <summary>One value everywhere.</summary>
    public static Tensor Constant(Tensor tensor, double value)
    {
        using var noGrad = Autograd.NoGrad();
        return tensor.Fill(value);
    }

    /// <summary>U(±gain √(6/(fanIn + fanOut))) (Glorot and Bengio 2010).</summary>
    public static Tensor XavierUniform(Tensor weight, double gain = 1)
    {
        var (fanIn, fanOut) = Fans(weight);
        var bound = Math.Sqrt(3) * gain * Math.Sqrt(2.0 / (fanIn + fanOut));
        return Uniform(weight, -bound, bound);
    }

    /// <summary>N(0, gain² · 2/(fanIn + fanOut)) (Glorot and Bengio 2010).</summary>
    public static Tensor XavierNormal(Tensor weight, double gain = 1)
    {
        var (fanIn, fanOut) = Fans(weight);
        return Normal(weight, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
    }

    /// <summary>U(±√(6/((1 + slope²) fanIn))), for a leaky ReLU of that slope after the layer (He et al. 2015).</summary>
    public static Tensor KaimingUniform(Tensor weight, double slope = 0)
    {
        var bound = Math.Sqrt(3) * Gain(slope) / Math.Sqrt(Fans(weight).In);
        return Uniform(weight, -bound, bound);
    }

    /// <summary>N(0, 2/((1 + slope²) fanIn)), for a leaky ReLU of that slope after the layer (He et al. 2015).</summary>
    public static Tensor KaimingNormal(Tensor weight, double slope = 0) => Normal(weight, 0, Gain(slope) / Math.Sqrt(Fans(weight).In));

    /// <summary>A matrix with orthonormal rows or columns, whichever are fewer, times gain (Saxe et al. 2014); later dimensions count as columns.</summary>
    public static Tensor Orthogonal(Tensor weight, double gain = 1)
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        var gaussian = Tensor.RandN([weight.Size(0), weight.Count / weight.Size(0)], weight.DType, weight.Device);
        var wide = gaussian.Size(0) < gaussian.Size(1);
        var factors = QrOp.CallMany(wide ? gaussian.Transpose(0, 1) : gaussian);
        // The signs of R's diagonal make the distribution uniform over the orthogonal matrices.
        var orthogonal = factors[0] * factors[1].Diagonal().Sign();
        if (wide) orthogonal = orthogonal.Transpose(0, 1);
        return weight.CopyFrom(orthogonal.Reshape(weight.Shape)).MulInPlace(gain);
    }

    /// <summary>DCGAN's (Radford et al. 2016, section 3): weights of linear and convolution layers N(0, 0.02²), of batch norm N(1, 0.02²), biases 0.</summary>
    public static void Dcgan(Module module) => module.Apply(part =>
    {
        const double std = 0.02;
        var (weight, mean, bias) = part switch
        {
            WeightedModule layer => (layer.Weight, 0.0, layer.Bias),
            SpectralNorm norm => (norm.Layer.Weight, 0.0, norm.Layer.Bias),
            BatchNorm norm => (norm.Weight, 1.0, norm.Bias),
            _ => default,
        };
        if (weight is not null) Normal(weight, mean, std);
        if (bias is not null) Constant(bias, 0);
    });

    /// <summary>What PyTorch gives linear and convolution layers: both weight and bias U(±1/√fanIn).</summary>
    internal static void PyTorchDefault(Tensor weight, Tensor? bias)
    {
        KaimingUniform(weight, Math.Sqrt(5));
        var bound = 1 / Math.Sqrt(Fans(weight).In);
        if (bias is not null) Uniform(bias, -bound, bound);
    }

    private static double Gain(double slope) => Math.Sqrt(2 / (1 + (slope * slope)));

    // As PyTorch counts them: of a transposed convolution's weight too, the second dimension is "in".
    private static (long In, long Out) Fans(Tensor weight)
    {
        var shape = weight.Shape;
        if (shape.Length < 2) throw new ArgumentException($"a weight of shape [{string.Join(", ", shape)}] has no fan-in and fan-out; at least two dimensions are wanted", nameof(weight));
        var field = shape.Skip(2).Aggregate(1L, (product, length) => product * length);
        return (shape[1] * field, shape[0] * field);
    }
}
