using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private.Rules;

namespace Understudy.Training.Private;

/// <summary>What can be said of a network before it has seen any data.</summary>
internal static class PrivateNetwork
{
    /// <summary>Refuses a network that cannot be trained privately.</summary>
    /// <exception cref="InputException">It mixes the records of a batch, has nothing to train, or its parameters are not of 32 or 64 bits.</exception>
    public static void Check(Module network)
    {
        foreach (var (name, module) in Parts(network, ""))
        {
            if (module is BatchNorm { IsTraining: true })
                throw new InputException($"{module.GetType().Name}{name} mixes the records of a batch, so no record's gradient is its own; use GroupNorm or LayerNorm in its place");
        }
        var trained = network.NamedParameters.Where(p => p.Value.RequiresGrad).ToArray();
        if (trained.Length == 0) throw new InputException($"{network.GetType().Name} has no parameter to train");
        foreach (var (name, parameter) in trained)
        {
            if (parameter.DType is not (DType.Float32 or DType.Float64))
                throw new InputException($"the parameter '{name}' is {parameter.DType}; norms that bound a record's influence need Float32 or Float64");
        }
    }

    /// <summary>Refuses losses that are not one number for each record.</summary>
    /// <exception cref="InputException">They have another shape than [B].</exception>
    public static void CheckLosses(Tensor losses)
    {
        if (losses.Shape.Length != 1)
            throw new InputException($"the losses have shape [{string.Join(", ", losses.Shape)}]; private training needs one for each record, [B]: reduce over everything but the first dimension");
    }

    private static IEnumerable<(string Name, Module Module)> Parts(Module module, string path)
    {
        yield return (path.Length == 0 ? "" : $" '{path}'", module);
        foreach (var (name, child) in module.Children)
        {
            foreach (var part in Parts(child, path.Length == 0 ? name : $"{path}.{name}")) yield return part;
        }
    }
}
