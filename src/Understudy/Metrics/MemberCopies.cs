using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>
/// Members that a release holds as they are, or nearer than any other real image: a few of them, given away whole, hardly move the AUC of an attack.
/// </summary>
/// <remarks>
/// Of n members and n others drawn alike, which are nearest to the release is a matter of chance: the probability that the k nearest of all are members is that of k draws
/// without replacement, below 2^-k. So the count needs no threshold that was chosen on the data.
/// </remarks>
/// <param name="Count">k: members nearer to a sample than the nearest other image is to any.</param>
/// <param name="Exact">Of all members, those that equal a sample.</param>
/// <param name="Records">n: members whose nearest sample was looked for.</param>
/// <param name="Probability">Probability of at least so many by chance.</param>
public sealed record MemberCopies(int Count, int Exact, int Records, double Probability)
{
    private const double Significance = 1e-3;

    /// <summary>Whether chance does not explain them; a copy to the last pixel it never does.</summary>
    public bool IsLeak => Exact > 0 || Probability < Significance;

    /// <summary>Looks for them.</summary>
    /// <param name="samples">The release.</param>
    /// <param name="members">n members.</param>
    /// <param name="others">n images of the same distribution, none of them a member's equal.</param>
    /// <param name="everyone">All members, the n among them: a copy of any is one. Of pairs the images alone are compared, whatever the masks.</param>
    /// <exception cref="InputException">A set is empty, shapes differ or the numbers do.</exception>
    public static MemberCopies Find(ImageSet samples, ImageSet members, ImageSet others, ImageSet everyone)
    {
        if (members.Count != others.Count) throw new InputException($"{members.Count} members and {others.Count} others cannot be compared; give as many of each");
        var near = NearestNeighbours.Find(members, samples).SquaredDistances;
        var nearest = NearestNeighbours.Find(others, samples).SquaredDistances.Min();
        var count = near.Count(distance => distance < nearest);
        var n = members.Count;
        var log = Enumerable.Range(0, count).Sum(i => Math.Log((n - i) / (double)((2 * n) - i)));
        return new MemberCopies(count, Copied(samples, everyone), n, Math.Exp(log));
    }

    private static int Copied(ImageSet samples, ImageSet everyone)
    {
        if (samples.Shape.HasMask) return Copied(ImagePairs.Images(samples), ImagePairs.Images(everyone));
        var released = new ExactImages(samples);
        return Enumerable.Range(0, everyone.Count).Count(i => released.Contains(everyone.Image(i)));
    }
}
