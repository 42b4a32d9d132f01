using Understudy.Data;

namespace Understudy.Generation.Embedding;

/// <summary>DP-NTK: as DP-MERF, with gradients of a random network for features.</summary>
/// <remarks>
/// Yang, Adamczewski, Li, Sutherland, Park, AISTATS 2023, 2303.01687. The sum runs over all records, and its sensitivity is that of one whole record.
/// </remarks>
/// <param name="options">What the study said.</param>
/// <param name="shape">The shape of an image.</param>
/// <param name="classNames">Names of the classes; empty where images have no labels.</param>
public sealed class DpNtk(DpNtkOptions options, ImageShape shape, IReadOnlyList<string> classNames) : SingleReleaseSynthesizer(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dp-ntk",
        "Yang, Adamczewski, Li, Sutherland, Park: Differentially Private Neural Tangent Kernels for Privacy-Preserving Data Generation, AISTATS 2023, arXiv 2303.01687",
        "image",
        "(ε, δ)-DP");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    private protected override IFeatureMap CreateFeatures(ulong seed) => new NeuralTangentFeatures(Shape.Length, options.Hidden, seed, Device);
}
