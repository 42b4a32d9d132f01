using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>Asks whether synthetic pairs are likelier copies of the training pairs than held-out real pairs are.</summary>
/// <remarks>
/// The likeness of a pair to the training set is the largest to any member: SSIM of images, intersection over union of masks. Held-out pairs,
/// which nobody copied, set the scale: a synthetic pair counts as close where it is more like a member than all but 5 % of them. Without
/// copying, 5 % are close. It is no privacy measure: what passes may leak all the same.
/// </remarks>
/// <param name="Images">Share of synthetic images that are close.</param>
/// <param name="Masks">Share of synthetic masks that are close.</param>
public sealed record CopyCheck(Metric Images, Metric Masks)
{
    private const double Tail = 0.05;
    // Members and held-out pairs are samples too: a share must be well above the tail to say something.
    private const double FlaggedAbove = 3 * Tail;

    /// <summary>Whether images or masks are close far more often than held-out ones: the lower end of a share's interval is above 15 %.</summary>
    public bool IsFlagged => Images.Interval!.Value.Lower > FlaggedAbove || Masks.Interval!.Value.Lower > FlaggedAbove;

    /// <summary>Measures it.</summary>
    /// <param name="synthetic">Synthetic pairs.</param>
    /// <param name="members">What the generator was trained on.</param>
    /// <param name="holdout">Real pairs that it has not seen, of other groups.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    public static CopyCheck Measure(ImageSet synthetic, ImageSet members, ImageSet holdout, double level = 0.95)
    {
        var shape = members.Shape.WithoutMask;
        return new CopyCheck(
            Close("close images[SSIM]", (a, b) => StructuralSimilarity.Of(a[..shape.Length], b[..shape.Length], shape)),
            Close("close masks[IoU]", (a, b) => Overlap(a[shape.Length..], b[shape.Length..])));

        Metric Close(string name, Likeness likeness)
        {
            var held = Nearest(holdout, members, likeness);
            var made = Nearest(synthetic, members, likeness);
            var scale = held.Order().ToArray()[Math.Min(held.Length - 1, (int)Math.Ceiling((1 - Tail) * held.Length))];
            var close = made.Count(value => value > scale);
            return new Metric(name, (double)close / made.Length, Wilson.TwoSided(close, made.Length, level),
                FormattableString.Invariant($"share more like a member than {1 - Tail:P0} of {held.Length} held-out pairs are (above {scale:0.000}); {Tail:P0} by chance; not a privacy measure"));
        }
    }

    /// <summary>Intersection over union; 1 for two empty masks.</summary>
    internal static double Overlap(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int both = 0, either = 0;
        for (var p = 0; p < a.Length; p++)
        {
            both += (a[p] & b[p]) >> 7;
            either += (a[p] | b[p]) >> 7;
        }
        return either == 0 ? 1 : (double)both / either;
    }

    private static double[] Nearest(ImageSet pairs, ImageSet members, Likeness likeness)
    {
        var nearest = new double[pairs.Count];
        Parallel.For(0, pairs.Count, Cores.All, i =>
        {
            var most = double.NegativeInfinity;
            for (var m = 0; m < members.Count; m++) most = Math.Max(most, likeness(pairs.Image(i), members.Image(m)));
            nearest[i] = most;
        });
        return nearest;
    }

    private delegate double Likeness(ReadOnlySpan<byte> pair, ReadOnlySpan<byte> member);
}
