using System.Reflection;
using Understudy.Torch.Serialization;

namespace Understudy.Torch.Tests;

/// <summary>Every public operator gives what PyTorch gives, and its gradients are the slopes of what it gives.</summary>
public sealed class OperatorGoldenTests
{
    // Tested elsewhere: those that make no tensor of known elements.
    private static readonly HashSet<string> NoGolden =
    [
        "Tensor.Backward(Boolean, Boolean)", "Tensor.CopyTo(Span`1)", "Tensor.Empty(Int64[], DType, Device?)", "Tensor.EmptyLike(Tensor)", "Tensor.From(ReadOnlySpan`1, Int64[])",
        "Tensor.From(T[], Int64[])", "Tensor.Item()", "Tensor.ToArray()", "Tensor.ToString()", "Tensor.Size(Int32)", "Tensor.To(Device)",
    ];

    // Running statistics are state: no gradient is defined for them.
    private static readonly HashSet<string> NotDifferentiated = ["runningMean", "runningVar"];

    private static readonly Dictionary<string, MethodInfo> Methods = new[] { typeof(Tensor), typeof(Functional) }
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(m => !m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))
        .ToDictionary(Signature);

    public static TheoryData<string> Signatures => [.. Golden.Keys("operators")];

    [Fact]
    public void EveryPublicMethodHasAGolden() =>
        Assert.Equal(Methods.Keys.Except(NoGolden).Order(), Golden.Keys("operators").Order());

    [Theory]
    [MemberData(nameof(Signatures))]
    public void GivesWhatPyTorchGives(string signature)
    {
        using var scope = new TensorScope();
        foreach (var golden in Golden.Cases("operators", signature))
        {
            var arguments = Array.ConvertAll(Arguments(signature, golden), a => a is Tensor t ? t.Clone() : a);
            TorchRuntime.ManualSeed(Golden.Seed);
            var results = Invoke(signature, arguments);
            var expected = Golden.List(golden, "out");
            Assert.Equal(expected.Length, results.Length);
            for (var i = 0; i < expected.Length; i++) Golden.AssertEqual(expected[i], results[i], $"result {i}");
            if (!golden.TryGetValue("after", out var after)) continue;
            Assert.Same(arguments[0], results[0]);
            Golden.AssertEqual(after, (Tensor)arguments[0]!, "after");
        }
    }

    [Theory]
    [MemberData(nameof(Signatures))]
    public void HasTheRightGradients(string signature)
    {
        foreach (var golden in Golden.Cases("operators", signature).Where(g => !g.TryGetValue("after", out _)))
        {
            using var scope = new TensorScope();
            var arguments = Array.ConvertAll(Arguments(signature, golden), Doubled);
            var names = ParameterNames(signature);
            int[] wanted = [.. Enumerable.Range(0, arguments.Length).Where(i => IsDifferentiable(arguments[i]) && !NotDifferentiated.Contains(names[i]))];
            Tensor[] inputs = [.. wanted.SelectMany(i => arguments[i] as Tensor[] ?? [(Tensor)arguments[i]!])];
            if (inputs.Length == 0 || signature == "Tensor.Detach()") continue;
            GradientCheck.First(
                x =>
                {
                    TorchRuntime.ManualSeed(Golden.Seed);
                    return Invoke(signature, Replaced(arguments, wanted, x));
                },
                inputs);
        }
    }

    // What the gradient penalty of WGAN-GP differentiates twice.
    [Theory]
    [InlineData("Functional.Convolution(Tensor, Tensor, Tensor, Int64[], Int64[], Int64[], Int64)")]
    [InlineData("Functional.ConvolutionTranspose(Tensor, Tensor, Tensor, Int64[], Int64[], Int64[], Int64[], Int64)")]
    [InlineData("Functional.Linear(Tensor, Tensor, Tensor)")]
    [InlineData("Functional.LeakyRelu(Tensor, Double)")]
    [InlineData("Functional.Silu(Tensor)")]
    [InlineData("Functional.Softplus(Tensor)")]
    [InlineData("Functional.GroupNorm(Tensor, Int64, Tensor, Tensor, Double)")]
    [InlineData("Functional.LayerNorm(Tensor, Int64[], Tensor, Tensor, Double)")]
    [InlineData("Functional.InstanceNorm(Tensor, Tensor, Tensor, Double)")]
    [InlineData("Functional.AvgPool(Tensor, Int64[], Int64[], Int64[])")]
    [InlineData("Functional.UpsampleNearest(Tensor, Double)")]
    public void HasTheRightSecondDerivatives(string signature)
    {
        foreach (var golden in Golden.Cases("operators", signature))
        {
            using var scope = new TensorScope();
            var arguments = Array.ConvertAll(Arguments(signature, golden), Doubled);
            int[] wanted = [.. Enumerable.Range(0, arguments.Length).Where(i => IsDifferentiable(arguments[i]))];
            GradientCheck.Second(x => Invoke(signature, Replaced(arguments, wanted, x)), [.. wanted.Select(i => (Tensor)arguments[i]!)]);
        }
    }

    private static string Signature(MethodInfo method)
    {
        static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? $"{inner.Name}?" : type.Name;
        return $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType)))})";
    }

    // `this` first, as in Python.
    private static object?[] Arguments(string signature, StateDictionary golden)
    {
        var method = Methods[signature];
        var self = method.IsStatic ? 0 : 1;
        var arguments = method.GetParameters().Select((p, i) => Golden.Argument(golden, $"args.{i + self}", p.ParameterType, p.HasDefaultValue ? p.DefaultValue : null));
        return method.IsStatic ? [.. arguments] : [golden["args.0"], .. arguments];
    }

    private static string[] ParameterNames(string signature)
    {
        var method = Methods[signature];
        var names = method.GetParameters().Select(p => p.Name!);
        return method.IsStatic ? [.. names] : ["this", .. names];
    }

    private static Tensor[] Invoke(string signature, object?[] arguments)
    {
        var method = Methods[signature];
        return method.Invoke(method.IsStatic ? null : arguments[0], BindingFlags.DoNotWrapExceptions, null, method.IsStatic ? arguments : arguments[1..], null) switch
        {
            Tensor one => [one],
            Tensor[] many => many,
            ValueTuple<Tensor, Tensor> two => [two.Item1, two.Item2],
            var other => throw new NotSupportedException($"{signature} gives {other}"),
        };
    }

    private static object? Doubled(object? argument) => argument switch
    {
        Tensor { DType: DType.Float32 } t => t.To(DType.Float64),
        Tensor[] many => Array.ConvertAll(many, t => (Tensor)Doubled(t)!),
        DType.Float32 => DType.Float64,
        _ => argument,
    };

    private static bool IsDifferentiable(object? argument) => argument switch
    {
        Tensor { IsFloatingPoint: true } t => t.IsFinite().All().Item<bool>(),
        Tensor[] many => Array.TrueForAll(many, t => t.IsFloatingPoint),
        _ => false,
    };

    private static object?[] Replaced(object?[] arguments, int[] wanted, Tensor[] values)
    {
        var replaced = (object?[])arguments.Clone();
        var next = 0;
        foreach (var i in wanted)
        {
            var count = arguments[i] is Tensor[] many ? many.Length : 1;
            replaced[i] = arguments[i] is Tensor[] ? values[next..(next + count)] : values[next];
            next += count;
        }
        return replaced;
    }
}
