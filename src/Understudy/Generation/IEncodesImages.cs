using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Generation;

/// <summary>A method that can say which latent vector an image comes from, and make the image of a latent vector.</summary>
public interface IEncodesImages
{
    /// <summary>nz: numbers in a code.</summary>
    int LatentSize { get; }

    /// <summary>The codes of images: the mean of q(z | x) where the encoder is random.</summary>
    /// <returns>[N, nz], on the CPU; without history.</returns>
    Tensor Encode(ImageSet images);

    /// <summary>The images of codes, [N, nz].</summary>
    ImageSet Decode(Tensor codes);
}
