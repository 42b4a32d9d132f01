using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Attributes;

/// <summary>Gives the codes of either value of the attribute mean 0 and variance 1 in every entry, so that neither says the value and no entry can fade.</summary>
/// <remarks>
/// An encoder that is to hide something may otherwise shrink its codes until noise covers everything. Batch normalisation (Ioffe and Szegedy, 2015) with statistics of each
/// value apart, as conditional batch normalisation has (de Vries et al., NeurIPS 2017, 1707.00683), and without its learnt scales.
/// </remarks>
internal sealed class CodeNormalization : Module
{
    private const double Epsilon = 1e-12; // a larger one would be reached by shrinking, and codes could fade after all
    private const double Momentum = 0.1;

    private readonly Tensor means; // [2, nz]
    private readonly Tensor variances; // [2, nz]

    public CodeNormalization(long size)
    {
        means = AddBuffer("means", Tensor.Zeros([2, size]));
        variances = AddBuffer("variances", Tensor.Ones([2, size]));
    }

    /// <summary>Codes [B, nz] of a batch with attributes y [B, 1] in {0, 1}, by the batch's own statistics, which are remembered.</summary>
    public Tensor Learn(Tensor codes, Tensor y)
    {
        var normalized = Tensor.ZerosLike(codes);
        for (var value = 0; value < 2; value++)
        {
            var (mask, mean, variance) = Moments(codes, y, value);
            normalized += mask * (codes - mean) / (variance + Epsilon).Sqrt();
            if (mask.Sum().Item<float>() > 1) Remember(value, mean, variance, Momentum);
        }
        return normalized;
    }

    /// <summary>Codes [B, nz] by what is remembered of their attributes [B, 1] in {0, 1}.</summary>
    public Tensor Apply(Tensor codes, Tensor y) => (codes - Remembered(means, y)) / (Remembered(variances, y) + Epsilon).Sqrt();

    /// <summary>Remembers the statistics of given codes [N, nz] alone.</summary>
    public void Settle(Tensor codes, Tensor y)
    {
        for (var value = 0; value < 2; value++)
        {
            var (_, mean, variance) = Moments(codes, y, value);
            Remember(value, mean, variance, weight: 1);
        }
    }

    private static (Tensor Mask, Tensor Mean, Tensor Variance) Moments(Tensor codes, Tensor y, int value)
    {
        var mask = value == 1 ? y : 1 - y; // [B, 1]
        var count = mask.Sum().Clamp(min: 1);
        var mean = (mask * codes).Sum([0], keepDim: true) / count; // [1, nz]
        return (mask, mean, (mask * (codes - mean).Square()).Sum([0], keepDim: true) / count);
    }

    private void Remember(int value, Tensor mean, Tensor variance, double weight)
    {
        using var noGrad = Autograd.NoGrad();
        means.Narrow(0, value, 1).LerpInPlace(mean, weight);
        variances.Narrow(0, value, 1).LerpInPlace(variance, weight);
    }

    private static Tensor Remembered(Tensor statistics, Tensor y) => (statistics.Narrow(0, 1, 1) * y) + (statistics.Narrow(0, 0, 1) * (1 - y)); // [B, nz]
}
