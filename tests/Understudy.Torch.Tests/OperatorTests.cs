using Understudy.Torch.Native;

namespace Understudy.Torch.Tests;

/// <summary>The binding itself: wrong calls are refused, whatever is wrong with them.</summary>
public sealed class OperatorTests
{
    private static readonly Operator AddOp = new("aten::add", "Tensor");

    [Fact]
    public void UnknownOperatorsAreNamed()
    {
        Assert.Contains("aten::nonsense", Assert.Throws<TorchException>(() => new Operator("aten::nonsense").Call()).Message, StringComparison.Ordinal);
        Assert.Contains("aten::add", Assert.Throws<TorchException>(() => new Operator("aten::add", "Nonsense").Call()).Message, StringComparison.Ordinal);
        Assert.Equal("aten::add.Tensor", AddOp.ToString());
    }

    [Fact]
    public void WrongArgumentsAreRefused()
    {
        using var scope = new TensorScope();
        var x = Tensor.Ones([2]);
        Assert.Equal("aten::add wants an argument 'other'", Assert.Throws<TorchException>(() => AddOp.Call(x)).Message);
        Assert.Equal("aten::add takes 3 arguments, not 4", Assert.Throws<TorchException>(() => AddOp.Call(x, x, 1, 1)).Message);
        Assert.Throws<TorchException>(() => AddOp.Call(x, 1.5));
        Assert.Throws<TorchException>(() => AddOp.Call("x", x));
        Assert.Throws<TorchException>(() => AddOp.Call(x, x, x));
        Assert.Throws<TorchException>(() => AddOp.Call(x, Value.None));
        Assert.Throws<TorchException>(() => new Operator("aten::sum", "dim_IntList").Call(x, "x"));
        Assert.Throws<TorchException>(() => new Operator("aten::cat").Call(new long[] { 1 }));
        Assert.Throws<ArgumentException>(() => AddOp.Call(new Value[25]));
    }

    [Fact]
    public void DefaultsFillIn()
    {
        using var scope = new TensorScope();
        var x = Tensor.Ones([2]);
        Assert.Equal([2f, 2], AddOp.Call(x, x).ToArray<float>());
        Assert.Equal([4f, 4], AddOp.Call(x, x, 3).ToArray<float>());
    }

    [Fact]
    public void ManyResultsComeBack()
    {
        using var scope = new TensorScope();
        Assert.Equal(10_000, Tensor.Ones([10_000]).Unbind().Length);
        var live = LiveTensors.Count();
        var tooMany = Tensor.Ones([70_000]);
        Assert.Contains("more results", Assert.Throws<TorchException>(() => tooMany.Unbind()).Message, StringComparison.Ordinal);
        Assert.Equal(live + 1, LiveTensors.Count());
    }

    [Fact]
    public void OfSeveralResultsOnlyTheFirstIsKept()
    {
        using var scope = new TensorScope();
        var x = Tensor.Ones([3]);
        var live = LiveTensors.Count();
        using var largest = new Operator("aten::max", "dim").Call(x, 0);
        Assert.Equal(live + 1, LiveTensors.Count());
        Assert.Equal(1, largest.Item<float>());
    }

    [Fact]
    public void AnotherAbiVersionIsRefused() =>
        Assert.Equal(
            "libunderstudy_torch.so has ABI version 999, this program wants 1; rebuild it: run ./understudy once",
            Assert.Throws<DllNotFoundException>(() => NativeMethods.CheckAbi(999)).Message);

    [Fact]
    public void AMissingLibrarySaysHowToBuildIt() =>
        Assert.StartsWith("libnonsense.so is not built; run ./understudy once", Assert.Throws<DllNotFoundException>(() => NativeLibraryPath.Load("nonsense", typeof(Tensor).Assembly)).Message, StringComparison.Ordinal);
}
