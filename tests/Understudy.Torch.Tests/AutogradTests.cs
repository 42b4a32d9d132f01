namespace Understudy.Torch.Tests;

public sealed class AutogradTests
{
    [Fact]
    public void GradientsAccumulateUntilCleared()
    {
        using var scope = new TensorScope();
        var x = Leaf(3);
        x.Square().Sum().Backward();
        x.Square().Sum().Backward();
        Assert.Equal(12, x.Grad!.Item<float>());
        x.Grad = null;
        Assert.Null(x.Grad);
        x.Grad = Tensor.Full([1], 5);
        Assert.Equal(5, x.Grad!.Item<float>());
    }

    [Fact]
    public void GradLeavesTheLeavesAlone()
    {
        using var scope = new TensorScope();
        var (x, unused) = (Leaf(3), Leaf(1));
        var y = x.Pow(3);
        var first = Autograd.Grad([y], [x, unused], createGraph: true, allowUnused: true);
        Assert.Equal(27, first[0]!.Item<float>());
        Assert.Null(first[1]);
        Assert.Equal(18, Autograd.Grad([first[0]!], [x])[0]!.Item<float>());
        Assert.Null(x.Grad);
        Assert.Throws<TorchException>(() => Autograd.Grad([x * 2], [unused]));
    }

    [Fact]
    public void SeedsOfTheVectorJacobianProductCount()
    {
        using var scope = new TensorScope();
        var x = Leaf(3);
        Autograd.Backward([x * 2, x * 5], [Tensor.Full([1], 10), Tensor.Full([1], 1)]);
        Assert.Equal(25, x.Grad!.Item<float>());
    }

    [Fact]
    public void NoGradNestsAndEnds()
    {
        using var scope = new TensorScope();
        var x = Leaf(3);
        Assert.True(Autograd.IsEnabled);
        using (Autograd.NoGrad())
        {
            Assert.False((x * 2).RequiresGrad);
            using (Autograd.EnableGrad()) Assert.True((x * 2).RequiresGrad);
            Assert.False(Autograd.IsEnabled);
        }
        Assert.True((x * 2).RequiresGrad);
        Assert.False((x * 2).IsLeaf);
        Assert.False((x * 2).Detach().RequiresGrad);
    }

    [Fact]
    public void AGraphIsGoneAfterItsPassUnlessKept()
    {
        using var scope = new TensorScope();
        var x = Leaf(3);
        var y = x.Square().Sum();
        y.Backward(retainGraph: true);
        y.Backward();
        Assert.Throws<TorchException>(() => y.Backward());
    }

    // The fast path of transposed convolutions, against the plain operator in float64: gradients and their gradients.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void TransposedConvolutionsAgreeInBothWaysTheyAreComputed(long stride, long groups)
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(6);
        var (x, w, b) = (Tensor.RandN([2, 4, 5, 5]), Tensor.RandN([4, 16, 3, 3]), Tensor.RandN([16 * groups]));
        var fast = Derivatives(x, w, b, stride, groups);
        var plain = Derivatives(x.To(DType.Float64), w.To(DType.Float64), b.To(DType.Float64), stride, groups);
        for (var i = 0; i < plain.Length; i++)
        {
            var scale = plain[i].Abs().Max().Item<double>();
            Assert.True((fast[i].To(DType.Float64) - plain[i]).Abs().Max().Item<double>() <= 1e-5 * scale, $"derivative {i}");
        }
    }

    private static Tensor[] Derivatives(Tensor x, Tensor w, Tensor b, long stride, long groups)
    {
        foreach (var leaf in new[] { x, w, b }) leaf.RequiresGrad = true;
        var y = Functional.ConvolutionTranspose(x, w, b, [stride, stride], [1, 1], [0, 0], [1, 1], groups);
        var first = Autograd.Grad([y.Square().Sum()], [x, w, b], createGraph: true);
        var second = Autograd.Grad([first[0]!.Square().Sum() + first[1]!.Square().Sum()], [x, w, b]);
        return [y.Detach(), .. Array.ConvertAll(first, g => g!.Detach()), .. Array.ConvertAll(second, g => g!)];
    }

    private static Tensor Leaf(double value)
    {
        var leaf = Tensor.Full([1], value);
        leaf.RequiresGrad = true;
        return leaf;
    }
}
