using Understudy.Data;
using Understudy.Sampling.Inversion;

namespace Understudy.Studies;

/// <summary>Images, and what a generator makes of the latent vectors found for them.</summary>
/// <param name="Images">[N] at the generator's size.</param>
/// <param name="Reconstructions">[N] the nearest that it makes.</param>
/// <param name="Result">Latent vectors and errors.</param>
public sealed record InvertedImages(ImageSet Images, ImageSet Reconstructions, InversionResult Result);
