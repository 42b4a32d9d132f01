namespace Understudy.Torch.Tracking;

/// <summary>How a weight was divided by its largest singular value (<see cref="Functional.SpectralNormalize"/>).</summary>
/// <param name="Left">u, of length 1.</param>
/// <param name="Right">v, of length 1.</param>
/// <param name="Sigma">σ = uᵀ W v, a scalar.</param>
/// <param name="Transposed">Whether the rows of the weight as a matrix are its second dimension.</param>
public sealed record SpectralNormalization(Tensor Left, Tensor Right, Tensor Sigma, bool Transposed);
