using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Training.Private;

/// <summary>Parameter expansion: each record has its own copy of every parameter, so that automatic differentiation, once or twice, keeps the records apart.</summary>
internal sealed class Expander(IReadOnlyList<KeyValuePair<string, Tensor>> parameters) : SourceTracker(parameters)
{
    private readonly Tensor?[] copies = new Tensor?[parameters.Count];

    public override Contribution?[] Contributions(Tensor losses)
    {
        var contributions = new Contribution?[copies.Length];
        using var scope = new TensorScope();
        foreach (var (parameter, gradients) in Gradients(losses))
        {
            var contribution = new InstantiatedContribution();
            contribution.Add(gradients, scope);
            contributions[parameter] = contribution;
        }
        return contributions;
    }

    /// <summary>Gradients of the sum of losses with respect to the copies, [B, parameter…], of each parameter that they depend on.</summary>
    public IEnumerable<(int Parameter, Tensor Gradients)> Gradients(Tensor losses)
    {
        if (!losses.RequiresGrad) return [];
        var used = Enumerable.Range(0, copies.Length).Where(i => copies[i] is not null).ToArray();
        var gradients = Differentiate(losses, Tensor.OnesLike(losses), [.. used.Select(i => copies[i]!)]);
        return from pair in used.Zip(gradients) where pair.Second is not null select (pair.First, pair.Second);
    }

    protected override void Differentiating()
    {
        // Nothing is cut.
    }

    protected override Tensor Apply(TrackedLayer layer)
    {
        var batch = layer.X.Size(0);
        var weights = layer.WeightSource?.Derive(Copied(layer.WeightSource.Parameter, batch)) ?? Repeated(layer.Weight, batch);
        var biases = layer.BiasSource?.Derive(Copied(layer.BiasSource.Parameter, batch)) ?? Repeated(layer.Bias, batch);
        return layer.Rule.Expand(layer.Layer, layer.X, weights, biases);
    }

    private Tensor Copied(int parameter, long batch)
    {
        if (copies[parameter] is { } known)
        {
            return known.Size(0) == batch
                ? known
                : throw new InputException($"'{Parameters[parameter].Key}' meets {known.Size(0)} records in one layer and {batch} in another; the first dimension of every input must be the records");
        }
        var copied = Own(Repeated(Parameters[parameter].Value.Detach(), batch)!);
        copied.RequiresGrad = true;
        copies[parameter] = copied;
        return copied;
    }

    private static Tensor? Repeated(Tensor? x, long batch) => x?.Unsqueeze(0).Expand([batch, .. x.Shape]);
}
