using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Sampling;

/// <summary>
/// Drops samples that are nearer to a member than to other real images, by more than chance explains. It reads the members without noise: which samples are missing tells of
/// them, so that no guarantee survives it.
/// </summary>
/// <remarks>
/// A sample's ratio is its distance to the nearest member over that to the nearest reference image. Were members and reference exchanged, the ratio would be turned over; where
/// the generator copies nothing, both have one distribution, whatever the samples look like.
/// </remarks>
public static class NearCopyFilter
{
    // What is as near to another image as to a member, or nearly so, is no copy, though all samples of a collapsed generator lean to the same one.
    private const double Alike = 0.95;

    /// <summary>The samples that are kept, in their order.</summary>
    /// <param name="samples">Synthetic images.</param>
    /// <param name="members">What the generator was trained on.</param>
    /// <param name="reference">Real images that it has not seen.</param>
    /// <param name="share">Share of the samples that would be dropped, were members and reference exchanged; in (0, 1).</param>
    /// <exception cref="InputException">A set is empty, or shapes differ.</exception>
    public static int[] Keep(ImageSet samples, ImageSet members, ImageSet reference, double share)
    {
        if (reference.Count == 0) throw new InputException("near copies are told by the distances to reference images, and there are none; give 'reference' a share in splits");
        if (samples.Count == 0) return [];
        var count = Math.Min(members.Count, reference.Count);
        double[] toMembers = Distances(samples, members), toReference = Distances(samples, reference);
        // The nearest of more images is nearer.
        var (fewMembers, fewReference) = (Cut(members, count, toMembers, samples), Cut(reference, count, toReference, samples));
        var turned = fewReference.Zip(fewMembers, (far, near) => far / Math.Max(near, double.Epsilon)).Order().ToArray();
        var least = Math.Min(Alike, turned[(int)(share * turned.Length)]);
        return [.. Enumerable.Range(0, samples.Count).Where(i => toMembers[i] > 0 && toMembers[i] >= least * toReference[i])];
    }

    private static double[] Cut(ImageSet images, int count, double[] known, ImageSet samples) =>
        images.Count == count ? known : Distances(samples, images.Subset([.. Enumerable.Range(0, count).Select(i => (int)((long)i * images.Count / count))]));

    private static double[] Distances(ImageSet samples, ImageSet images) => [.. NearestNeighbours.Find(samples, images).SquaredDistances.Select(Math.Sqrt)];
}
