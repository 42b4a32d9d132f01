using Understudy.Torch.Initialization;

namespace Understudy.Torch.Modules;

/// <summary>Multi-head attention (Vaswani et al. 2017, section 3.2.2), batch first: [B, T, E] to [B, T, E].</summary>
public sealed class MultiheadAttention : Module
{
    private readonly long features;
    private readonly long heads;
    private readonly double dropout;
    private readonly Tensor projection;
    private readonly Tensor projectionBias;
    private readonly Linear output;

    /// <summary>Makes the projections.</summary>
    /// <param name="features">E, a multiple of the heads.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="dropout">Probability with which an attention weight is dropped in training.</param>
    public MultiheadAttention(long features, long heads, double dropout = 0)
    {
        if (heads < 1 || features % heads != 0) throw new ArgumentException($"{features} features cannot be split into {heads} equal heads", nameof(heads));
        (this.features, this.heads, this.dropout) = (features, heads, dropout);
        output = new Linear(features, features);
        Initializers.Constant(output.Bias!, 0);
        projection = AddParameter("in_proj_weight", Initializers.XavierUniform(Tensor.Empty([3 * features, features])));
        projectionBias = AddParameter("in_proj_bias", Tensor.Zeros([3 * features]));
        AddModule("out_proj", output);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Forward(x, mask: null);

    /// <summary>Self-attention of [B, T, E].</summary>
    /// <param name="x">[B, T, E].</param>
    /// <param name="mask">Added to the scores, broadcast to [B, heads, T, T]; see <see cref="Functional.CausalMask"/>.</param>
    public Tensor Forward(Tensor x, Tensor? mask)
    {
        var parts = Functional.Linear(x, projection, projectionBias).Chunk(3, -1);
        return Attend(parts[0], parts[1], parts[2], mask);
    }

    /// <summary>Cross-attention.</summary>
    /// <param name="query">[B, T, E].</param>
    /// <param name="key">[B, S, E].</param>
    /// <param name="value">[B, S, E].</param>
    /// <param name="mask">Added to the scores, broadcast to [B, heads, T, S].</param>
    /// <returns>[B, T, E].</returns>
    public Tensor Forward(Tensor query, Tensor key, Tensor value, Tensor? mask = null)
    {
        return Attend(Project(query, 0), Project(key, 1), Project(value, 2), mask);
    }

    // One of the three projections that lie in the packed weight one below the other.
    private Tensor Project(Tensor x, long part) =>
        Functional.Linear(x, Functional.Rows(projection, part * features, features), Functional.Rows(projectionBias, part * features, features));

    private Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask)
    {
        var mixed = Functional.ScaledDotProductAttention(Split(query), Split(key), Split(value), mask, IsTraining ? dropout : 0); // [B, heads, T, E/heads]
        return output.Forward(mixed.Transpose(1, 2).Flatten(2));
    }

    // [B, T, E] to [B, heads, T, E/heads].
    private Tensor Split(Tensor x) => x.Unflatten(-1, heads, features / heads).Transpose(1, 2);
}
