using Understudy.Generation.Attributes;
using Understudy.Torch;

namespace Understudy.Tests.Generation.Attributes;

public sealed class CodeNormalizationTests : IDisposable
{
    private readonly TensorScope scope = new();

    public void Dispose() => scope.Dispose();

    // By hand: value 0 has codes 1 and 5 (mean 3, deviation 2), value 1 has 10, 20 and 30 (mean 20, deviation √(200/3)).
    [Fact]
    public void Each_value_is_normalised_by_its_own_statistics()
    {
        using var normalization = new CodeNormalization(1);
        var normalized = normalization.Learn(Tensor.From<float>([1, 10, 5, 20, 30], 5, 1), Tensor.From<float>([0, 1, 0, 1, 1], 5, 1)).ToArray<float>();
        var third = (float)(10 / Math.Sqrt(200 / 3.0));
        Assert.Equal([-1, -third, 1, 0, third], normalized, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    // Otherwise an encoder could hide the attribute by letting codes fade into the noise that is added to them.
    [Fact]
    public void Codes_that_shrink_stay_as_large()
    {
        using var normalization = new CodeNormalization(4);
        TorchRuntime.ManualSeed(1);
        var (codes, y) = (Tensor.RandN([50, 4]), Tensor.Rand([50, 1]).Gt(0.5).To(DType.Float32));
        var (large, small) = (normalization.Learn(codes, y), normalization.Learn(codes * 1e-4, y));
        Assert.True((large - small).Abs().Max().Item<float>() < 1e-3);
        Assert.Equal(1, large.Square().Mean().Item<float>(), 3);
    }

    [Fact]
    public void What_was_settled_is_applied_to_single_codes_and_a_batch_without_a_value_leaves_its_statistics()
    {
        using var normalization = new CodeNormalization(1);
        normalization.Settle(Tensor.From<float>([1, 5, 10, 20, 30], 5, 1), Tensor.From<float>([0, 0, 1, 1, 1], 5, 1));
        normalization.Learn(Tensor.From<float>([7, 9], 2, 1), Tensor.From<float>([1, 1], 2, 1));
        Assert.Equal(2, normalization.Apply(Tensor.From<float>([7], 1, 1), Tensor.From<float>([0], 1, 1)).Item<float>(), 5);
        Assert.True(normalization.Apply(Tensor.From<float>([20], 1, 1), Tensor.From<float>([1], 1, 1)).Item<float>() > 0.1); // a tenth of the way to the last batch
    }
}
