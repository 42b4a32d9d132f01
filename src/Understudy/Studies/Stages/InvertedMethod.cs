using System.Numerics.Tensors;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Sampling;
using Understudy.Sampling.Inversion;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>What inverting one method gave; made once and kept in the section's folder.</summary>
/// <param name="Id">The method.</param>
/// <param name="Sets">Inverted images by part: test, members, nonMembers, and own for the method's samples.</param>
/// <param name="Random">[N] error of the test images against images of random latent vectors.</param>
/// <param name="OwnCosine">Cosine between the latent vectors of the method's own samples and those found for them, on average.</param>
/// <param name="ByAlpha">Test images inverted with other weights of the prior.</param>
internal sealed record InvertedMethod(string Id, IReadOnlyDictionary<string, InvertedSet> Sets, double[] Random, double OwnCosine, IReadOnlyDictionary<string, InvertedSet> ByAlpha)
{
    public const string Own = "own";
    private const int OwnImages = 64;

    public static InvertedMethod Read(string path) => JsonText.Read<InvertedMethod>(path);

    /// <summary>Inverts a fitted method.</summary>
    /// <param name="id">What the study calls it.</param>
    /// <param name="generator">The method.</param>
    /// <param name="parts">The images, by part.</param>
    /// <param name="section">How.</param>
    /// <param name="alphas">Weights of the prior to try beside the section's.</param>
    /// <param name="seed">Of the starts.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public static InvertedMethod Make(
        string id, ILatentGenerator generator, IReadOnlyDictionary<string, ImageSet> parts, InversionSection section, IReadOnlyList<double> alphas, ulong seed,
        IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var labels = generator.ClassNames.Count == 0 ? null : Enumerable.Range(0, OwnImages).Select(i => i % generator.ClassNames.Count).ToArray();
        var drawn = LatentImages.Draw(generator, labels, OwnImages, Seed.Derive(seed, Own));
        var sets = parts.ToDictionary(part => part.Key, part => Invert(part.Value, section));
        sets[Own] = Invert(LatentImages.Decode(generator, drawn, labels), section);
        var found = sets[Own].Matrix();
        return new InvertedMethod(
            id,
            sets,
            ReconstructionBaselines.RandomLatent(parts[InversionStage.Test], generator, Seed.Derive(seed, "random")),
            Enumerable.Range(0, OwnImages).Average(i => TensorPrimitives.CosineSimilarity(found.Row(i), drawn.Row(i))),
            alphas.ToDictionary(alpha => FormattableString.Invariant($"{alpha}"), alpha => Invert(parts[InversionStage.Test], section with { Alpha = alpha })));

        InvertedSet Invert(ImageSet images, InversionSection options) =>
            InvertedSet.Of(new GeneratorInversion(generator, options).Invert(images, seed, progress: progress, cancellation: cancellation));
    }
}
