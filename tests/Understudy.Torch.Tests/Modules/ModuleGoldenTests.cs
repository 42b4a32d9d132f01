using Understudy.Torch.Modules;
using Understudy.Torch.Script;
using Understudy.Torch.Serialization;
using BindingFlags = System.Reflection.BindingFlags;

namespace Understudy.Torch.Tests.Modules;

/// <summary>Every module begins, computes and changes as PyTorch's does, and has the right gradients.</summary>
public sealed class ModuleGoldenTests
{
    public static TheoryData<string> Names => [.. Golden.Keys("modules")];

    [Fact]
    public void EveryModuleHasAGolden()
    {
        var modules = typeof(Module).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(Module)) && !t.IsAbstract && t != typeof(ScriptModule));
        Assert.Equal(modules.Select(t => t.Name).Order(), Golden.Keys("modules").Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DoesWhatPyTorchDoes(string name)
    {
        using var scope = new TensorScope();
        var number = 0;
        foreach (var golden in Golden.Cases("modules", name))
        {
            TorchRuntime.ManualSeed(Golden.Seed);
            using var module = Make(name, golden, number++);
            // Of SpectralNorm, u and v begin as PyTorch's do; of the others, everything is drawn in the same order.
            Golden.AssertEqual(golden.Under("initial."), module.State, "initial");
            module.Load(golden.Under("before."));
            Golden.AssertEqual(golden["train"], module.Forward(golden["in.0"]), "training");
            Golden.AssertEqual(golden.Under("after."), module.State, "after");
            module.Eval();
            Golden.AssertEqual(golden["eval"], module.Forward(golden["in.0"]), "evaluation");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void HasTheRightGradients(string name)
    {
        using var scope = new TensorScope();
        var number = 0;
        foreach (var golden in Golden.Cases("modules", name))
        {
            using var module = Make(name, golden, number++);
            module.Load(golden.Under("before."));
            module.To(DType.Float64);
            if (module is SpectralNorm) module.Eval(); // in training it changes with every pass
            var x = golden["in.0"];
            if (x.IsFloatingPoint) GradientCheck.First(input => [module.Forward(input[0])], [x.To(DType.Float64)]);
            GradientCheck.Leaves(() => [module.Forward(x.IsFloatingPoint ? x.To(DType.Float64) : x)], module.Parameters);
        }
    }

    private static Module Make(string name, StateDictionary golden, int number)
    {
        if (name == "Sequential") return new Sequential(new Linear(4, 3), new Tanh(), new Linear(3, 2));
        if (name == "SpectralNorm") return new SpectralNorm(number == 0 ? new Linear(4, 3) : number == 1 ? new Conv2d(2, 3, 3, bias: false) : new ConvTranspose2d(2, 3, 3));
        var constructor = typeof(Module).Assembly.GetType($"Understudy.Torch.Modules.{name}")!.GetConstructors().Single();
        var arguments = constructor.GetParameters().Select(p => Golden.Argument(golden, $"args.{p.Name}", p.ParameterType, p.HasDefaultValue ? p.DefaultValue : null));
        return (Module)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. arguments], null);
    }
}
