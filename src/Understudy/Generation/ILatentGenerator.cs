using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Generation;

/// <summary>A trained generator as a function of its latent vectors: gradients flow through it to them, and its weights stand still.</summary>
/// <remarks>Normalisation uses the statistics of training, so the images of a batch do not touch one another. Dispose of it to give the model back.</remarks>
public interface ILatentGenerator : IDisposable
{
    /// <summary>The shape of an image.</summary>
    ImageShape Shape { get; }

    /// <summary>nz: entries of a latent vector.</summary>
    int LatentSize { get; }

    /// <summary>Names of the classes that an image is drawn for; empty for a generator that knows no classes.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Where it computes.</summary>
    Device Device { get; }

    /// <summary>Latent vectors as the generator was trained on: each entry of mean 0 and variance 1, or about that in a learnt space.</summary>
    /// <param name="count">B.</param>
    /// <param name="labels">[B] Int64 classes, for a generator that knows classes; otherwise null.</param>
    /// <returns>[B, nz].</returns>
    Tensor Draw(long count, Tensor? labels);

    /// <summary>The images of latent vectors.</summary>
    /// <param name="latents">[B, nz].</param>
    /// <param name="labels">[B] Int64 classes, for a generator that knows classes; otherwise null.</param>
    /// <returns>[B, C, H, W] in [-1, 1], whatever range the generator's own layers have.</returns>
    Tensor Forward(Tensor latents, Tensor? labels);
}
