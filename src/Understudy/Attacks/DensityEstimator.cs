using Understudy.Attacks.Densities;

namespace Understudy.Attacks;

/// <summary>How DOMIAS estimates a density.</summary>
public enum DensityEstimator
{
    /// <summary>Gaussian kernels with Scott's bandwidth; see <see cref="KernelDensity"/>.</summary>
    Kernel,

    /// <summary>A normalising flow of affine couplings; see <see cref="CouplingFlow"/>.</summary>
    Flow,
}
