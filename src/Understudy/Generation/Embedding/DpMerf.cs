using Understudy.Data;

namespace Understudy.Generation.Embedding;

/// <summary>DP-MERF: the mean of random Fourier features of each class is released once, with noise; a generator is trained to have the same means.</summary>
/// <remarks>Harder, Adamczewski, Park, AISTATS 2021, 2002.11603.</remarks>
public sealed class DpMerf : SingleReleaseSynthesizer
{
    private readonly DpMerfOptions options;

    /// <summary>Creates one that is not fitted.</summary>
    /// <param name="options">What the study said.</param>
    /// <param name="shape">The shape of an image.</param>
    /// <param name="classNames">Names of the classes; empty where images have no labels.</param>
    /// <exception cref="InputException">The number of features is odd, or a batch has fewer images than there are classes.</exception>
    public DpMerf(DpMerfOptions options, ImageShape shape, IReadOnlyList<string> classNames) : base(options, shape, classNames)
    {
        if (options.Features % 2 != 0) throw new InputException($"'features' is {options.Features}, and features come in pairs of a cosine and a sine; give an even number");
        this.options = options;
    }

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dp-merf",
        "Harder, Adamczewski, Park: DP-MERF: Differentially Private Mean Embeddings with Random Features for Practical Privacy-Preserving Data Generation, AISTATS 2021, arXiv 2002.11603",
        "image",
        "(ε, δ)-DP");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    private protected override IFeatureMap CreateFeatures(ulong seed) =>
        new RandomFourierFeatures(Shape.Length, options.Features, [Math.Sqrt(options.SquaredLengthScale)], seed, Device);
}
