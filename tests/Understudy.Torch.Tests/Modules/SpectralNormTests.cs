using Understudy.Torch.Modules;

namespace Understudy.Torch.Tests.Modules;

public sealed class SpectralNormTests
{
    [Fact]
    public void Power_iterations_run_in_training_and_not_in_evaluation()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(7);
        using var network = new SpectralNorm(new Linear(6, 5));
        var x = Tensor.RandN([3, 6]);
        network.Eval();
        var before = Vectors();
        var first = network.Forward(x).ToArray<float>();
        Assert.Equal(first, network.Forward(x).ToArray<float>());
        Assert.Equal(before, Vectors());

        network.Train();
        network.Forward(x);
        Assert.NotEqual(before, Vectors());
        // They settle on the largest singular value, by which the weight is divided.
        for (var i = 0; i < 100; i++) network.Forward(x);
        network.Eval();
        using var noGrad = Autograd.NoGrad();
        var weight = network.Forward(Tensor.Eye(6)) - network.Forward(Tensor.Zeros([1, 6])); // [6, 5], Wᵀ/σ
        var vector = Tensor.RandN([5, 1]);
        for (var i = 0; i < 100; i++) vector = weight.Transpose(0, 1).MatMul(weight.MatMul(vector)) is var next ? next / next.Norm([0], keepDim: true) : vector;
        Assert.Equal(1, weight.MatMul(vector).Norm([0]).Item<float>(), 1e-3f);

        float[] Vectors() => [.. network.State["weight_u"].ToArray<float>(), .. network.State["weight_v"].ToArray<float>()];
    }
}
