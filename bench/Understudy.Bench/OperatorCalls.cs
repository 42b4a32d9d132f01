using BenchmarkDotNet.Attributes;
using Understudy.Torch;

namespace Understudy.Bench;

/// <summary>What it costs to call an operator on tensors so small that the work itself is nothing.</summary>
[MemoryDiagnoser]
public class OperatorCalls
{
    private readonly Tensor a = Tensor.Ones([10]);
    private readonly Tensor b = Tensor.Ones([10]);

    [Benchmark(Baseline = true)]
    public void Add()
    {
        using var sum = a + b;
    }

    [Benchmark]
    public void AddInScope()
    {
        using var scope = new TensorScope();
        _ = a + b;
    }

    [Benchmark]
    public void Relu()
    {
        using var y = Functional.Relu(a);
    }
}
