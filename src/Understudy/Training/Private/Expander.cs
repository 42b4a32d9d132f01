using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Training.Private;

/// <summary>Parameter expansion: each record has its own copy of every parameter, so that automatic differentiation, once or twice, keeps the records apart.</summary>
internal sealed class Expander(IReadOnlyList<KeyValuePair<string, Tensor>> parameters) : SourceTracker(parameters)
{
    private readonly Tensor?[] copies = new Tensor?[parameters.Count];

    /// <summary>The copies of each parameter, [B, parameter…]; null where none was used.</summary>
    public IReadOnlyList<Tensor?> Copies => copies;

    public override Contribution?[] Contributions(Tensor losses)
    {
        var contributions = new Contribution?[copies.Length];
        if (!losses.RequiresGrad) return contributions;
        var used = Array.FindAll(Enumerable.Range(0, copies.Length).ToArray(), i => copies[i] is not null);
        var gradients = Differentiate(losses, Tensor.OnesLike(losses), [.. used.Select(i => copies[i]!)]);
        using var scope = new TensorScope();
        foreach (var (i, gradient) in used.Zip(gradients))
        {
            if (gradient is null) continue;
            var contribution = new InstantiatedContribution();
            contribution.Add(gradient, scope);
            contributions[i] = contribution;
        }
        return contributions;
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
