using Understudy.Torch;
using Understudy.Training.Private.Rules;

namespace Understudy.Training.Private;

/// <summary>
/// Book-keeping: one forward pass that cuts the history at every layer with tracked parameters, and one walk back over the layers, last
/// first, that meets each layer's input and output gradient once (Bu et al. 2023, 2210.00038, algorithm 1).
/// </summary>
/// <remarks>The weights are constants to automatic differentiation, so it computes no gradients of theirs. Between two layers it runs as usual.</remarks>
internal sealed class Recorder(IReadOnlyList<KeyValuePair<string, Tensor>> parameters, NormMethod method) : SourceTracker(parameters)
{
    private static readonly Operator UnsafeViewOp = new("aten::_unsafe_view");
    private static readonly Operator SetDataOp = new("aten::set_data");

    private readonly List<Cut> cuts = [];

    public override Contribution?[] Contributions(Tensor losses)
    {
        using var noGrad = Autograd.NoGrad();
        var contributions = new Contribution?[Parameters.Count];
        for (var i = 0; i < contributions.Length; i++)
        {
            var uses = cuts.FindAll(c => c.Use.Weight?.Parameter == i || c.Use.Bias?.Parameter == i).ConvertAll(c => c.Use);
            if (uses.Count > 0) contributions[i] = TakesGhost(i, uses) ? new GhostContribution() : new InstantiatedContribution();
        }

        Flow(losses, Tensor.OnesLike(losses), cuts.Count);
        for (var k = cuts.Count - 1; k >= 0; k--)
        {
            var cut = cuts[k];
            var isHeld = false;
            if (cut.Gradient is { } gradient)
            {
                isHeld = Collect(cut.Use, gradient, contributions);
                if (cut.End is not null) Flow(cut.End, gradient, k);
                if (!isHeld) gradient.Dispose();
            }
            // The history behind a cut goes with it, and with the history what it saved.
            cut.End?.Dispose();
            cut.Start.Dispose();
            if (!isHeld) cut.Use.Input.Dispose();
        }
        return contributions;
    }

    protected override void Differentiating() => throw new NetworkDifferentiatedException();

    protected override Tensor Apply(TrackedLayer layer)
    {
        var (end, kept) = layer.Rule.Forward(layer.Layer, layer.X, layer.WeightSource?.Value ?? layer.Weight, layer.BiasSource?.Value ?? layer.Bias);
        var shape = end.Shape;
        var start = Own(end.Detach());
        start.RequiresGrad = true;
        var output = UnsafeViewOp.Call(start, shape);
        var use = new LayerUse(layer.Layer, layer.Rule, Own(layer.X.Detach()), layer.WeightSource, layer.BiasSource, shape, Array.ConvertAll(kept, Own));
        cuts.Add(new Cut(use, end.RequiresGrad ? Own(end) : null, start));
        Empty(end);
        Empty(start);
        return output;
    }

    // Only their places in the history are needed; the numbers live as long as the network's own operators hold them.
    private static void Empty(Tensor tensor) => SetDataOp.Run(tensor, Tensor.Empty([0], tensor.DType, tensor.Device));

    private bool TakesGhost(int parameter, List<LayerUse> uses)
    {
        if (method == NormMethod.Instantiate) return false;
        var rule = uses[0].Rule as MatrixRule;
        if (rule is null || uses.Exists(u => u.Rule != rule || u.Bias?.Parameter == parameter)) return false;
        foreach (var a in uses)
        {
            if (uses.Exists(b => !a.Weight!.IsSameAs(b.Weight!) && !a.Weight.IsDisjointFrom(b.Weight!))) return false;
        }
        if (method == NormMethod.Ghost) return true;
        var positions = uses.Sum(u => rule.Shape(u).Positions);
        var shape = rule.Shape(uses[0]);
        return 2 * positions * positions <= shape.Rows * shape.Columns;
    }

    // Whether the use's input and gradient are still needed.
    private static bool Collect(LayerUse use, Tensor gradient, Contribution?[] contributions)
    {
        using var scope = new TensorScope();
        if (use.Bias is not null) ((InstantiatedContribution)contributions[use.Bias.Parameter]!).Add(use.Bias.Pull(use.Rule.BiasGradients(use, gradient)), scope);
        if (use.Weight is null) return false;
        if (contributions[use.Weight.Parameter] is GhostContribution ghost)
        {
            ghost.Add(use, gradient);
            return true;
        }
        ((InstantiatedContribution)contributions[use.Weight.Parameter]!).Add(use.Weight.Pull(use.Rule.WeightGradients(use, gradient)), scope);
        return false;
    }

    // Carries a gradient from an end of the history to the cuts before it.
    private void Flow(Tensor end, Tensor gradient, int before)
    {
        if (!end.RequiresGrad) return;
        var reached = Differentiate(end, gradient, cuts[..before].ConvertAll(c => c.Start));
        for (var j = 0; j < before; j++)
        {
            if (reached[j] is not { } more) continue;
            if (cuts[j].Gradient is not { } earlier)
            {
                cuts[j].Gradient = more;
                continue;
            }
            cuts[j].Gradient = earlier + more;
            earlier.Dispose();
            more.Dispose();
        }
    }

    // A layer's output, twice: as the end of the history before it, if it has any, and as the start of the history after it.
    private sealed record Cut(LayerUse Use, Tensor? End, Tensor Start)
    {
        public Tensor? Gradient { get; set; }
    }
}
