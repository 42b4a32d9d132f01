using Understudy.Torch.Initialization;

namespace Understudy.Torch.Modules;

/// <summary>A learned vector for each index: indices […] (Int64) to […, features].</summary>
public sealed class Embedding : Module
{
    /// <summary>Draws the table from N(0, 1).</summary>
    /// <param name="count">Number of indices.</param>
    /// <param name="features">Length of a vector.</param>
    public Embedding(long count, long features) => Weight = AddParameter("weight", Initializers.Normal(Tensor.Empty([count, features])));

    /// <summary>The table, [count, features].</summary>
    public Tensor Weight { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.Embedding(Weight, x);
}
