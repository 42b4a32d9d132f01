using System.Text;
using System.Text.RegularExpressions;
using Understudy.Torch.Serialization;

namespace Understudy.Torch.Tests;

/// <summary>The values of tests/Golden/operators.pt, written by make_operator_goldens.py with PyTorch; its head says what lies where.</summary>
internal static partial class Golden
{
    private static readonly StateDictionary All = StateDictionary.Load(Path.Combine(AppContext.BaseDirectory, "operators.pt")).Clone();

    internal static ulong Seed => (ulong)All["others.seed"].Item<long>();

    /// <summary>The keys below a prefix that are followed by a case's number.</summary>
    internal static IEnumerable<string> Keys(string section) =>
        All.Under($"{section}.").Names.Select(n => CaseNumber().Match(n)).Select(m => m.Groups["key"].Value).Distinct();

    internal static StateDictionary Under(string prefix) => All.Under($"{prefix}.");

    /// <summary>The cases of a key, 0, 1, …</summary>
    internal static IEnumerable<StateDictionary> Cases(string section, string key)
    {
        for (var i = 0; Under($"{section}.{key}.{i}") is { Count: > 0 } found; i++) yield return found;
    }

    /// <summary>The tensors of a list.</summary>
    internal static Tensor[] List(StateDictionary state, string name)
    {
        var items = new List<Tensor>();
        while (state.TryGetValue($"{name}.{items.Count}", out var item)) items.Add(item);
        return [.. items];
    }

    /// <summary>An argument for a parameter of that type; what Python had as None or left out is absent, and so null or the default.</summary>
    internal static object? Argument(StateDictionary state, string name, Type type, object? absent)
    {
        if (type == typeof(Tensor[])) return List(state, name);
        if (type == typeof(long[])) return Array.ConvertAll(List(state, name), t => t.Item<long>());
        if (!state.TryGetValue(name, out var value)) return absent;
        if (type == typeof(Tensor)) return value;
        if (type == typeof(string)) return Encoding.UTF8.GetString(value.ToArray<byte>());
        var number = value.To(DType.Float64).Item<double>();
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return target.IsEnum ? Enum.ToObject(target, (int)number) : Convert.ChangeType(number, target, null);
    }

    /// <summary>Same type and shape, and within 1e-6 of the largest value (or of 1) plus 1e-5 of its own: what the order of float32 additions may change.</summary>
    internal static void AssertEqual(Tensor expected, Tensor actual, string what, double relative = 1e-5)
    {
        Assert.True(expected.DType == actual.DType, $"{what}: {actual.DType}, not {expected.DType}");
        Assert.True(expected.Shape.SequenceEqual(actual.Shape), $"{what}: [{string.Join(", ", actual.Shape)}], not [{string.Join(", ", expected.Shape)}]");
        var e = expected.To(DType.Float64).ToArray<double>();
        var a = actual.To(DType.Float64).ToArray<double>();
        var absolute = 1e-6 * e.Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
        for (var i = 0; i < e.Length; i++)
        {
            // Equals, because NaN and the infinities equal themselves.
            Assert.True(e[i].Equals(a[i]) || Math.Abs(e[i] - a[i]) <= absolute + (relative * Math.Abs(e[i])), $"{what}[{i}]: {a[i]:R}, not {e[i]:R}");
        }
    }

    internal static void AssertEqual(StateDictionary expected, StateDictionary actual, string what)
    {
        Assert.Equal(expected.Names, actual.Names);
        foreach (var (name, tensor) in expected) AssertEqual(tensor, actual[name], $"{what} {name}");
    }

    [GeneratedRegex(@"^(?<key>[^)]*\)|[^.(]*)\.\d+\.")]
    private static partial Regex CaseNumber();
}
