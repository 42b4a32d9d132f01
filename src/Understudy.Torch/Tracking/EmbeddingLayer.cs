namespace Understudy.Torch.Tracking;

/// <summary><see cref="Functional.Embedding"/>: the input is the indices, the weight the table.</summary>
public sealed record EmbeddingLayer : ParametricLayer
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, Tensor? weight, Tensor? bias) => Functional.Embedding(weight!, x);
}
