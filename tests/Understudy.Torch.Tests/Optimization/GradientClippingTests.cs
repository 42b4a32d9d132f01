using Understudy.Torch.Optimization;

namespace Understudy.Torch.Tests.Optimization;

public sealed class GradientClippingTests
{
    [Theory]
    [InlineData("norm", 1.5)]
    [InlineData("loose", 100)]
    public void NormIsPyTorchs(string name, double limit)
    {
        using var scope = new TensorScope();
        var golden = Golden.Under("others.clipping");
        var parameters = WithGradients();
        Assert.Equal(golden[$"{name}.norm"].Item<float>(), GradientClipping.ByNorm([.. parameters, Tensor.Ones([1])], limit), 1e-5);
        AssertGradients($"{name}.out", parameters);
    }

    [Fact]
    public void ValueIsPyTorchs()
    {
        using var scope = new TensorScope();
        var parameters = WithGradients();
        GradientClipping.ByValue([.. parameters, Tensor.Ones([1])], 0.5);
        AssertGradients("value.out", parameters);
    }

    [Fact]
    public void NothingHasNormZeroAndNaNShows()
    {
        using var scope = new TensorScope();
        var parameter = Tensor.Ones([2]);
        Assert.Equal(0, GradientClipping.ByNorm([parameter], 1));
        parameter.Grad = Tensor.Full([2], double.NaN);
        Assert.Equal(double.NaN, GradientClipping.ByNorm([parameter], 1));
        Assert.True(parameter.Grad.IsNaN().All().Item<bool>());
    }

    private static Tensor[] WithGradients() => Array.ConvertAll(Golden.List(Golden.Under("others.clipping"), "gradients"), g =>
    {
        var parameter = Tensor.ZerosLike(g);
        parameter.Grad = g.Clone();
        return parameter;
    });

    private static void AssertGradients(string name, Tensor[] parameters)
    {
        var expected = Golden.List(Golden.Under("others.clipping"), name);
        for (var i = 0; i < expected.Length; i++) Golden.AssertEqual(expected[i], parameters[i].Grad!, name);
    }
}
