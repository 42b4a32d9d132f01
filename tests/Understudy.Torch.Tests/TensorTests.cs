namespace Understudy.Torch.Tests;

public sealed class TensorTests
{
    [Fact]
    public void ArraysGoInAndComeOut()
    {
        using var scope = new TensorScope();
        Assert.Equal([1f, 2, 3, 4, 5, 6], Tensor.From<float>([1, 2, 3, 4, 5, 6], 2, 3).ToArray<float>());
        Assert.Equal([3L], Tensor.From([1L, 2, 3]).Shape); // an array without a shape is a vector
        Assert.Equal([(byte)1, (byte)255], Tensor.From([(byte)1, (byte)255]).ToArray<byte>());
        Assert.Equal([(sbyte)-1], Tensor.From([(sbyte)-1]).ToArray<sbyte>());
        Assert.Equal([(short)-300], Tensor.From([(short)-300]).ToArray<short>());
        Assert.Equal([70000], Tensor.From([70000]).ToArray<int>());
        Assert.Equal([true, false], Tensor.From([true, false]).ToArray<bool>());
        Assert.Equal([(Half)0.5], Tensor.From([(Half)0.5]).ToArray<Half>());
        Assert.Equal([0.1], Tensor.From([0.1]).ToArray<double>());
        Assert.Empty(Tensor.From(Array.Empty<float>(), 0, 3).ToArray<float>());
        Assert.Throws<NotSupportedException>(() => Tensor.From(['a']));
    }

    [Fact]
    public void ComesOutRowMajorWhateverLiesInMemory()
    {
        using var scope = new TensorScope();
        var x = Tensor.Arange(0, 6).Reshape(2, 3).Transpose(0, 1);
        Assert.False(x.IsContiguous);
        Assert.Equal([0f, 3, 1, 4, 2, 5], x.ToArray<float>());
        var room = new float[6];
        x.CopyTo(room);
        Assert.Equal([0f, 3, 1, 4, 2, 5], room);
        var image = Tensor.Arange(0, 8).Reshape(1, 2, 2, 2).Contiguous(MemoryFormat.ChannelsLast);
        Assert.True(image.IsChannelsLast);
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7], image.ToArray<float>());
    }

    [Fact]
    public void RefusesAnotherElementType()
    {
        using var scope = new TensorScope();
        Assert.Equal("the elements are Float32, not Double", Assert.Throws<InvalidOperationException>(() => Tensor.Ones([1]).ToArray<double>()).Message);
        Assert.Equal("the elements are Float32, not Double", Assert.Throws<InvalidOperationException>(() => Tensor.Ones([1]).CopyTo(new double[1])).Message);
        Assert.StartsWith("3 elements do not fill 2 places", Assert.Throws<ArgumentException>(() => Tensor.Ones([3]).CopyTo(new float[2])).Message, StringComparison.Ordinal);
        Assert.Equal("a tensor of shape [2] is no single number", Assert.Throws<InvalidOperationException>(() => Tensor.Ones([2]).Item<float>()).Message);
    }

    [Fact]
    public void KnowsWhatItIs()
    {
        using var scope = new TensorScope();
        var x = Tensor.Zeros([2, 3], DType.Int64);
        Assert.Equal(6, x.Count);
        Assert.Equal(DType.Int64, x.DType);
        Assert.Equal(Device.Cpu, x.Device);
        Assert.Same(x.Device.ToString(), x.To(Device.Cpu).Device.ToString());
        Assert.False(x.IsFloatingPoint);
        Assert.True(x.IsLeaf);
        Assert.Equal(3, x.Size(-1));
        Assert.Equal(2, x.Size(0));
        Assert.Equal([2L, 3], Tensor.Empty([2, 3]).Shape);
        Assert.Equal([2L, 3], Tensor.EmptyLike(x).Shape);
        Assert.Empty(Tensor.Full([], 1).Shape);
        Assert.Equal("Int64[2, 3] {0, 0, 0, 0, 0, 0}", x.ToString());
        Assert.Equal("Float32[8] requires grad {1, 1, 1, 1, 1, 1, …}", Leaf(Tensor.Ones([8])).ToString());
        long[] deep = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3];
        Assert.Equal(deep, Tensor.Zeros(deep).Shape);
    }

    [Fact]
    public void DisposedIsDisposed()
    {
        var x = Tensor.Ones([2]);
        x.Dispose();
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x.Shape);
        Assert.Throws<ObjectDisposedException>(() => x + 1);
        Assert.Throws<ObjectDisposedException>(() => Tensor.Cat([x]));
        Assert.Throws<ObjectDisposedException>(() => x.Grad);
        Assert.Equal("Tensor (disposed)", x.ToString());
    }

    [Fact]
    public void ErrorsAreInLibtorchsWords()
    {
        using var scope = new TensorScope();
        var shapes = Assert.Throws<TorchException>(() => Tensor.Ones([2]) + Tensor.Ones([3]));
        Assert.StartsWith("The size of tensor a (2) must match the size of tensor b (3)", shapes.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', shapes.Message.Trim());
        Assert.Contains("the shape wants 12 bytes, the data have 8", Assert.Throws<TorchException>(() => Tensor.From([1f, 2], 3)).Message, StringComparison.Ordinal);
        Assert.Throws<TorchException>(() => Tensor.Ones([-1]));
        Assert.Throws<TorchException>(() => Tensor.Ones([2, 3]).MatMul(Tensor.Ones([2, 3])));
        Assert.Throws<TorchException>(() => Tensor.Ones([2]).Backward());
    }

    [Fact]
    public void SeedsRepeatDraws()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(4);
        var first = Tensor.RandN([100]).ToArray<float>();
        Assert.NotEqual(first, Tensor.RandN([100]).ToArray<float>());
        TorchRuntime.ManualSeed(4);
        Assert.Equal(first, Tensor.RandN([100]).ToArray<float>());
    }

    [Fact]
    public void TensorsMayBeUsedFromManyThreads()
    {
        using var scope = new TensorScope();
        var x = Tensor.Ones([10]);
        var live = LiveTensors.Count();
        Parallel.For(0, 200, i =>
        {
            using var inner = new TensorScope();
            for (var k = 0; k < 20; k++) Assert.Equal(10 + (10 * i), (x + i).Sum().Item<float>());
        });
        Assert.Equal(live, LiveTensors.Count());
    }

    private static Tensor Leaf(Tensor tensor)
    {
        tensor.RequiresGrad = true;
        return tensor;
    }
}
