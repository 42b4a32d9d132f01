using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Tracking;
using Understudy.Training.Private.Rules;
using Understudy.Training.Private.Sources;

namespace Understudy.Training.Private;

/// <summary>Knows the parameters, and the tensors made of them that serve as weights, wherever a layer meets them.</summary>
internal abstract class SourceTracker : ParameterTracker, IDisposable
{
    private readonly Dictionary<Tensor, ParameterSource> sources = [];
    private readonly List<(string Layer, long Rows)> inputs = [];
    private readonly List<Tensor> owned = [];

    protected SourceTracker(IReadOnlyList<KeyValuePair<string, Tensor>> parameters)
    {
        Parameters = parameters;
        for (var i = 0; i < parameters.Count; i++) sources.Add(parameters[i].Value, new WholeParameter(i, Own(parameters[i].Value.Detach())));
    }

    /// <summary>The tracked parameters, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> Parameters { get; }

    /// <summary>What each parameter gets from the losses that the tracked work computed; null for one that they do not depend on.</summary>
    /// <param name="losses">One for each record, [B].</param>
    public abstract Contribution?[] Contributions(Tensor losses);

    /// <summary>Frees what was recorded.</summary>
    public void Dispose()
    {
        foreach (var tensor in owned) tensor.Dispose();
    }

    /// <summary>Refuses work whose layers did not see one record in each row.</summary>
    /// <exception cref="InputException">A layer saw another number of rows than there are losses.</exception>
    public void CheckRows(long batch)
    {
        foreach (var (layer, rows) in inputs)
        {
            if (rows != batch)
                throw new InputException($"a {layer} layer sees {rows} rows where there are {batch} losses; the first dimension must be the records, and what a record gives twice (real and fake) takes two passes");
        }
    }

    protected sealed override Tensor? Apply(ParametricLayer layer, Tensor x, Tensor? weight, Tensor? bias)
    {
        // Where no gradient is recorded none is wanted.
        if (!Autograd.IsEnabled) return null;
        // It mixes records whether or not it has parameters to train.
        if (layer is BatchNormLayer) LayerRules.For(layer);
        var (weightSource, biasSource) = (SourceOf(weight), SourceOf(bias));
        if (weightSource is null && biasSource is null) return null;
        inputs.Add((layer.GetType().Name.Replace("Layer", "", StringComparison.Ordinal), x.Size(0)));
        return Apply(new TrackedLayer(layer, LayerRules.For(layer), x, weight, bias, weightSource, biasSource));
    }

    protected sealed override void TookRows(Tensor parameter, long start, Tensor rows)
    {
        if (SourceOf(parameter) is WholeParameter whole) sources[rows] = new ParameterRows(whole.Parameter, Own(rows.Detach()), start, parameter.Size(0));
    }

    protected sealed override void Normalized(Tensor parameter, SpectralNormalization normalization, Tensor normalized)
    {
        if (SourceOf(parameter) is not WholeParameter whole) return;
        var constants = normalization with { Left = Own(normalization.Left.Detach()), Right = Own(normalization.Right.Detach()), Sigma = Own(normalization.Sigma.Detach()) };
        sources[normalized] = new NormalizedParameter(whole.Parameter, Own(normalized.Detach()), constants);
    }

    /// <summary>Computes a layer with tracked parameters.</summary>
    protected abstract Tensor Apply(TrackedLayer use);

    /// <summary>Takes a tensor out of all scopes, until this tracker frees it.</summary>
    protected Tensor Own(Tensor tensor)
    {
        owned.Add(TensorScope.Persist(tensor));
        return tensor;
    }

    /// <summary>Gradients of tensors in the history; null for one that is not in it.</summary>
    /// <exception cref="InputException">A parameter itself is in the history: something other than a layer with a rule used it.</exception>
    protected Tensor?[] Differentiate(Tensor end, Tensor gradient, IReadOnlyList<Tensor> tensors)
    {
        var watched = Parameters.Where(p => p.Value.RequiresGrad).ToArray();
        var all = Autograd.Grad([end], [.. tensors, .. watched.Select(p => p.Value)], [gradient], retainGraph: true, allowUnused: true);
        foreach (var ((name, _), stray) in watched.Zip(all.Skip(tensors.Count)))
        {
            if (stray is not null)
                throw new InputException($"the parameter '{name}' is used outside the layers that can take gradients per record ({LayerRules.Known}); express that use by one of them");
        }
        return all[..tensors.Count];
    }

    private ParameterSource? SourceOf(Tensor? tensor) => tensor is not null && sources.TryGetValue(tensor, out var source) ? source : null;
}
