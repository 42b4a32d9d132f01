using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;

namespace Understudy.Torch.Tests.Modules;

public sealed class ModuleTests
{
    [Fact]
    public void StateIsNamedAndOrderedAsInPyTorch()
    {
        using var net = new Sequential(new Conv2d(1, 2, 3, bias: false), new BatchNorm2d(2), new Sequential(new Flatten(), new Linear(8, 1)));
        Assert.Equal(
            ["0.weight", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked", "2.1.weight", "2.1.bias"],
            net.State.Names);
        Assert.Equal(["0.weight", "1.weight", "1.bias", "2.1.weight", "2.1.bias"], net.NamedParameters.Select(p => p.Key));
        Assert.Equal(18 + 2 + 2 + 8 + 1, net.ParameterCount);
    }

    [Fact]
    public void SurvivesTheScopeItWasMadeIn()
    {
        Linear layer;
        using (new TensorScope())
        using (new TensorScope())
        {
            layer = new Linear(3, 2);
        }
        using var scope = new TensorScope();
        Assert.Equal([5L, 2], layer.Forward(Tensor.Ones([5, 3])).Shape);
        layer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => layer.Forward(Tensor.Ones([5, 3])));
    }

    [Fact]
    public void ModesReachEveryPart()
    {
        using var net = new Sequential(new Sequential(new Dropout(), new BatchNorm1d(4)));
        net.Eval();
        var modes = new List<bool>();
        net.Apply(m => modes.Add(m.IsTraining));
        Assert.Equal([false, false, false, false], modes);
        net.Train();
        Assert.True(((Sequential)net[0])[1].IsTraining);
    }

    [Fact]
    public void ConvertsInPlaceSoThatOptimisersKeepTheirParameters()
    {
        using var scope = new TensorScope();
        using var layer = new Linear(3, 2);
        var weight = layer.Weight;
        layer.Forward(Tensor.Ones([1, 3])).Sum().Backward();
        layer.To(DType.Float64);
        Assert.Same(weight, layer.Weight);
        Assert.Equal(DType.Float64, weight.DType);
        Assert.Null(weight.Grad);
        Assert.True(weight.RequiresGrad);
        layer.Forward(Tensor.Ones([1, 3], DType.Float64)).Sum().Backward();
        Assert.Equal(DType.Float64, weight.Grad!.DType);
    }

    [Fact]
    public void FrozenGetsNoGradientButPassesOne()
    {
        using var scope = new TensorScope();
        using var layer = new Linear(3, 2);
        var x = Tensor.Ones([1, 3]);
        x.RequiresGrad = true;
        layer.Freeze();
        layer.Forward(x).Sum().Backward();
        Assert.Null(layer.Weight.Grad);
        Assert.NotNull(x.Grad);
        layer.Unfreeze();
        layer.Forward(x).Sum().Backward();
        Assert.NotNull(layer.Weight.Grad);
        layer.ZeroGrad();
        Assert.Null(layer.Weight.Grad);
    }

    [Fact]
    public void SharedPartsAreTrainedOnceAndNamedTwice()
    {
        using var shared = new Linear(2, 2);
        using var net = new Sequential(shared, new ReLU(), shared);
        Assert.Equal(2, net.Parameters.Length);
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], net.State.Names);
    }

    [Fact]
    public void LoadRefusesWhatDoesNotFitAndThenChangesNothing()
    {
        using var scope = new TensorScope();
        using var one = new Linear(3, 2);
        using var other = new Linear(3, 2, bias: false);
        var before = one.Weight.ToArray<float>();
        Assert.Equal("the state has no 'bias'", Assert.Throws<InvalidDataException>(() => one.Load(other.State)).Message);
        Assert.Equal("the state has 'bias', which is not wanted", Assert.Throws<InvalidDataException>(() => other.Load(one.State)).Message);
        using var wide = new Linear(4, 2);
        Assert.Equal("'weight' has shape [2, 4] in the state; [2, 3] is wanted", Assert.Throws<InvalidDataException>(() => one.Load(wide.State)).Message);
        Assert.Equal(before, one.Weight.ToArray<float>());
    }

    [Fact]
    public void NamesMustBeNewAndWithoutDots()
    {
        Assert.Throws<ArgumentException>(() => new Misnamed("a.b", "c"));
        Assert.Throws<ArgumentException>(() => new Misnamed("a", "a"));
    }

    [Fact]
    public void TrainsASmallNet()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(1);
        using var net = new Sequential(new Linear(2, 16), new Tanh(), new Linear(16, 1));
        using var optimizer = new Adam(net.Parameters, 0.02);
        var x = Tensor.From<float>([0, 0, 0, 1, 1, 0, 1, 1], 4, 2);
        var xor = Tensor.From<float>([0, 1, 1, 0], 4, 1);
        for (var step = 0; step < 300; step++)
        {
            using var inner = new TensorScope();
            optimizer.ZeroGrad();
            Functional.BinaryCrossEntropyWithLogits(net.Forward(x), xor).Backward();
            optimizer.Step();
        }
        Assert.Equal([0, 1, 1, 0], net.Forward(x).Sigmoid().Round().ToArray<float>());
    }

    private sealed class Misnamed : Module
    {
        internal Misnamed(string first, string second)
        {
            AddModule(first, new ReLU());
            AddModule(second, new ReLU());
        }
    }

    /// <summary>Otherwise what a discriminator says of an image would depend on how often it was asked.</summary>
    [Fact]
    public void Spectral_norm_iterates_in_training_alone()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(5);
        using var network = new SpectralNorm(new Linear(6, 5));
        var x = Tensor.RandN([2, 6]);
        float[] State() => [.. network.State["weight_u"].ToArray<float>(), .. network.State["weight_v"].ToArray<float>()];
        network.Eval();
        var before = State();
        Assert.Equal(network.Forward(x).ToArray<float>(), network.Forward(x).ToArray<float>());
        Assert.Equal(before, State());
        network.Train();
        network.Forward(x);
        Assert.NotEqual(before, State());
    }
}
