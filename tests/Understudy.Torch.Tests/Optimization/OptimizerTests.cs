using System.Reflection;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Serialization;

namespace Understudy.Torch.Tests.Optimization;

public sealed class OptimizerTests
{
    public static TheoryData<string> Names => [.. Golden.Keys("optimizers")];

    [Fact]
    public void EveryOptimizerHasAGolden()
    {
        var optimizers = typeof(Optimizer).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(Optimizer)) && !t.IsAbstract);
        Assert.Equal(optimizers.Select(t => t.Name).Order(), Golden.Keys("optimizers").Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TakesPyTorchsTwentySteps(string name)
    {
        using var scope = new TensorScope();
        foreach (var golden in Golden.Cases("optimizers", name))
        {
            var parameters = Parameters(golden);
            using var optimizer = Make(name, golden, parameters);
            Run(optimizer, golden, 0, 20);
            for (var i = 0; i < parameters.Length; i++) Golden.AssertEqual(Golden.List(golden, "out")[i], parameters[i].Detach(), $"parameter {i}", relative: 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ResumesBitForBit(string name)
    {
        using var scope = new TensorScope();
        using var folder = new TemporaryFolder();
        foreach (var golden in Golden.Cases("optimizers", name))
        {
            var whole = Parameters(golden);
            using var optimizer = Make(name, golden, whole);
            optimizer.LearningRate *= 2;
            Run(optimizer, golden, 0, 7);
            optimizer.State.Save(folder["o.pt"]);
            var resumed = Array.ConvertAll(whole, p => Leaf(p));
            Run(optimizer, golden, 7, 20);

            using var another = Make(name, golden, resumed);
            another.Load(StateDictionary.Load(folder["o.pt"]));
            Run(another, golden, 7, 20);
            for (var i = 0; i < whole.Length; i++) Assert.Equal(whole[i].ToArray<float>(), resumed[i].ToArray<float>());
        }
    }

    [Fact]
    public void RefusesTheStateOfOthers()
    {
        using var scope = new TensorScope();
        using var one = new Linear(2, 1);
        using var adam = new Adam(one.Parameters);
        using var sgd = new Sgd(one.Parameters, 0.1);
        using var half = new Adam([one.Weight]);
        Assert.Throws<InvalidDataException>(() => adam.Load(sgd.State));
        Assert.Throws<InvalidDataException>(() => sgd.Load(adam.State));
        Assert.Equal("the state is of an optimiser of 1 parameters, this one has 2", Assert.Throws<InvalidDataException>(() => adam.Load(half.State)).Message);
        Assert.Throws<InvalidDataException>(() => adam.Load(new StateDictionary()));
        Assert.Throws<ArgumentException>(() => new Adam([]));
        Assert.Throws<ArgumentException>(() => new Sgd(one.Parameters, 0.1, nesterov: true));
    }

    [Fact]
    public void ZeroGradDropsTheGradients()
    {
        using var scope = new TensorScope();
        using var layer = new Linear(2, 1);
        using var optimizer = new Sgd(layer.Parameters, 0.1);
        layer.Forward(Tensor.Ones([1, 2])).Sum().Backward();
        optimizer.ZeroGrad();
        Assert.All(layer.Parameters, p => Assert.Null(p.Grad));
        var before = layer.Weight.ToArray<float>();
        optimizer.Step();
        Assert.Equal(before, layer.Weight.ToArray<float>());
    }

    private static Tensor[] Parameters(StateDictionary golden) => Array.ConvertAll(Golden.List(golden, "parameters"), Leaf);

    private static Tensor Leaf(Tensor values)
    {
        var leaf = values.Detach().Clone();
        leaf.RequiresGrad = true;
        return leaf;
    }

    private static Optimizer Make(string name, StateDictionary golden, Tensor[] parameters)
    {
        var constructor = typeof(Optimizer).Assembly.GetType($"Understudy.Torch.Optimization.{name}")!.GetConstructors().Single();
        var arguments = constructor.GetParameters().Select(p => p.Name == "parameters" ? parameters : Golden.Argument(golden, $"args.{p.Name}", p.ParameterType, p.HasDefaultValue ? p.DefaultValue : null));
        return (Optimizer)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. arguments], null);
    }

    private static void Run(Optimizer optimizer, StateDictionary golden, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            optimizer.ZeroGrad();
            var gradients = Golden.List(golden, $"gradients.{step}");
            for (var i = 0; i < gradients.Length; i++) optimizer.Parameters[i].Grad = gradients[i].Clone();
            optimizer.Step();
        }
    }
}
