using Understudy.Torch;

namespace Understudy.Torch.Tests;

public sealed class ParallelWorkTests
{
    [Fact]
    public void EveryPartIsDoneOnce()
    {
        using var scope = new TensorScope();
        var x = Tensor.RandN([64, 8, 8]);
        var squares = new Tensor[16];

        ParallelWork.Run(squares.Length, i =>
        {
            using var own = new TensorScope();
            Assert.Null(squares[i]);
            var part = x.Narrow(0, i * 4, 4);
            squares[i] = TensorScope.Persist(part.Bmm(part));
        });

        Assert.Equal(x.Bmm(x).ToArray<float>(), Tensor.Cat(squares).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-4);
        foreach (var square in squares) square.Dispose();
    }

    [Fact]
    public void ExceptionComesOutAndTheOtherPartsAreDone()
    {
        var done = new bool[8];

        var thrown = Assert.Throws<InvalidOperationException>(() => ParallelWork.Run(8, i => done[i] = i != 5 ? true : throw new InvalidOperationException("five")));

        Assert.Equal("five", thrown.Message);
        Assert.Equal([true, true, true, true, true, false, true, true], done);
    }

    [Fact]
    public void NothingIsRecordedAndNothingIsLeft()
    {
        using var scope = new TensorScope();
        var weight = Tensor.RandN([3, 3]);
        weight.RequiresGrad = true;
        var before = LiveTensors.Count();

        ParallelWork.Run(4, _ =>
        {
            using var own = new TensorScope();
            Assert.False(weight.MatMul(weight).RequiresGrad);
        });

        Assert.Equal(before, LiveTensors.Count());
        Assert.True(weight.MatMul(weight).RequiresGrad);
    }
}
