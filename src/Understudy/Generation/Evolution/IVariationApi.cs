using Understudy.Data;

namespace Understudy.Generation.Evolution;

/// <summary>A public source of images that Private Evolution asks: it draws new ones and changes given ones, and knows no private record.</summary>
/// <remarks>An image is known by its code: the parameters of a simulator, the number of a bank's image, the latent vector of a generator.</remarks>
public interface IVariationApi : IDisposable
{
    /// <summary>L: numbers in a code.</summary>
    int CodeLength { get; }

    /// <summary>Codes of new images.</summary>
    /// <param name="labels">[N] the class of each.</param>
    /// <param name="seed">Same seed, same codes.</param>
    /// <returns>[N, L].</returns>
    float[] Random(int[] labels, ulong seed);

    /// <summary>Codes of images like given ones.</summary>
    /// <param name="codes">[N, L].</param>
    /// <param name="labels">[N] the class of each.</param>
    /// <param name="degree">How unlike they may be, from 0 (hardly) to 1 (as unlike as new ones).</param>
    /// <param name="seed">Same seed, same codes.</param>
    /// <returns>[N, L].</returns>
    float[] Vary(float[] codes, int[] labels, double degree, ulong seed);

    /// <summary>The images of codes.</summary>
    /// <param name="codes">[N, L].</param>
    /// <param name="labels">[N] the class of each.</param>
    /// <returns>N images, without labels.</returns>
    ImageSet Render(float[] codes, int[] labels);
}
