using Understudy.Torch;
using F = Understudy.Torch.Functional;

namespace Understudy.Sampling.Walk;

/// <summary>The terms of PLAN's loss, each for every path or image by itself.</summary>
/// <remarks>
/// Pennisi et al., "A privacy-preserving walk in the latent space of generative models for medical applications", MICCAI 2023, 2307.02984:
/// L = 0.1 L_id + L_dist + L_class over the points between the ends, with weights per image as in <see cref="ImageWeights"/>.
/// </remarks>
public static class PlanLoss
{
    private const int Chunk = 4;
    private const double PublishedEpsilon = 1e-6;

    /// <summary>KL(U ‖ p) = −ln N − (1/N) Σ_j ln p_j, the uniform distribution first: it punishes an identity whose probability vanishes.</summary>
    /// <param name="logits">[B, N] of the identity classifier.</param>
    /// <returns>[B].</returns>
    public static Tensor UniformDivergence(Tensor logits) => -F.LogSoftmax(logits, 1).Mean([1]) - Math.Log(logits.Size(1));

    /// <summary>Σ_i ‖w_{i+1} − w_i‖² along each path, both ends included.</summary>
    /// <param name="paths">[P, T, nz].</param>
    /// <param name="asPublished">Whether 1e-6 is added to every difference first.</param>
    /// <returns>[P].</returns>
    public static Tensor SquaredSteps(Tensor paths, bool asPublished)
    {
        var steps = paths.Narrow(1, 1, paths.Size(1) - 1) - paths.Narrow(1, 0, paths.Size(1) - 1); // [P, T - 1, nz]
        return (asPublished ? steps + PublishedEpsilon : steps).Square().Sum([1, 2]);
    }

    /// <summary>What each image of a path weighs in L_id and L_class: ¼; as published 1/r in a chunk of r images, which differs where the last chunk is short.</summary>
    /// <param name="images">T − 2: images between the ends.</param>
    /// <param name="asPublished">Whether by chunks.</param>
    /// <returns>[T − 2].</returns>
    public static float[] ImageWeights(int images, bool asPublished) =>
        [.. Enumerable.Range(0, images).Select(i => 1f / (asPublished ? Math.Min(Chunk, images - (i / Chunk * Chunk)) : Chunk))];

    /// <summary>The loss of each path.</summary>
    /// <param name="paths">[P, T, nz], both ends included.</param>
    /// <param name="identityLogits">[P·(T − 2), N] of the images between the ends.</param>
    /// <param name="classLogits">[P·(T − 2), K] likewise.</param>
    /// <param name="labels">[P·(T − 2)] Int64: the class of the path of each.</param>
    /// <param name="options">The weights.</param>
    /// <returns>[P].</returns>
    public static Tensor Of(Tensor paths, Tensor identityLogits, Tensor classLogits, Tensor labels, WalkOptions options)
    {
        var images = paths.Size(1) - 2;
        var weights = Tensor.From(ImageWeights((int)images, options.AsPublished), 1, images).To(paths.Device); // [1, T - 2]
        var identity = (UniformDivergence(identityLogits).Reshape(-1, images) * weights).Sum([1]);
        var classes = (F.CrossEntropy(classLogits, labels, Reduction.None).Reshape(-1, images) * weights).Sum([1]);
        return (options.IdentityWeight * identity) + (options.DistanceWeight * SquaredSteps(paths, options.AsPublished)) + (options.ClassWeight * classes);
    }
}
