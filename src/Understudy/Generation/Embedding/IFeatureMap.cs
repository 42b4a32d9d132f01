using Understudy.Torch;

namespace Understudy.Generation.Embedding;

/// <summary>A public map φ from an image to a vector of length 1 at most; means of it are what methods of this family match.</summary>
internal interface IFeatureMap : IDisposable
{
    /// <summary>D.</summary>
    int Count { get; }

    /// <summary>Σᵢ wᵢₖ φ(xᵢ): images [B, C, H, W] in [0, 1] and weights [B, K] → [K, D], summed at the weights' precision.</summary>
    Tensor Sums(Tensor x, Tensor weights);
}
