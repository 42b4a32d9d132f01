using Understudy.Torch;
using Understudy.Training.Private.Rules;
using Understudy.Training.Private.Sources;

namespace Understudy.Training.Private;

/// <summary>Inputs and output gradients of the layers that used a weight, from which norms and sums follow without any record's gradient.</summary>
/// <remarks>Ghost norms and book-keeping: Bu et al. 2023, 2210.00038, section 3. The uses share one rule; their sources are the same or disjoint.</remarks>
internal sealed class GhostContribution : Contribution
{
    private readonly List<(LayerUse Use, Tensor Gradient)> uses = [];

    /// <summary>Adds a use of the weight and the gradient with respect to its output, [B, …].</summary>
    public void Add(LayerUse use, Tensor gradient) => uses.Add((use, gradient));

    public override Tensor SquaredNorms()
    {
        Tensor? norms = null;
        foreach (var same in Grouped())
        {
            var part = GhostNorm.Squared(same);
            norms = norms is null ? part : norms + part;
        }
        return norms!;
    }

    public override void AddTo(Tensor sum, Tensor factors, Tensor? broken)
    {
        foreach (var (use, gradient) in uses)
        {
            using var scope = new TensorScope();
            var (input, clean) = (use.Input, gradient);
            if (broken is not null)
            {
                // 0 times what is not a number is not a number.
                clean = gradient.MaskedFill(Over(broken, gradient), 0);
                if (input.IsFloatingPoint) input = input.MaskedFill(Over(broken, input), 0);
            }
            var (rule, weighted) = ((MatrixRule)use.Rule, clean * Over(factors, clean));
            if (use.Weight!.PlaceIn(sum) is { } place)
            {
                rule.AddWeightGradient(place, use, input, weighted);
                continue;
            }
            var own = Tensor.Zeros(use.WeightShape, sum.DType, sum.Device);
            rule.AddWeightGradient(own, use, input, weighted);
            sum.AddInPlace(use.Weight.Pull(own.Unsqueeze(0)).Squeeze(0));
        }
    }

    public override void Dispose()
    {
        foreach (var (use, gradient) in uses)
        {
            use.Input.Dispose();
            gradient.Dispose();
        }
    }

    private List<List<(LayerUse Use, Tensor Gradient)>> Grouped()
    {
        var groups = new List<List<(LayerUse Use, Tensor Gradient)>>();
        foreach (var use in uses)
        {
            var group = groups.Find(g => g[0].Use.Weight!.IsSameAs(use.Use.Weight!));
            if (group is null) groups.Add([use]);
            else group.Add(use);
        }
        return groups;
    }
}
