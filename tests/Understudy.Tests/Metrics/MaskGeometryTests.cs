using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

public sealed class MaskGeometryTests
{
    [Fact]
    public void A_bar_is_one_piece_whose_skeleton_is_its_length_and_whose_axis_lies_along_it()
    {
        var bar = Draw(20, (x, y) => y is >= 8 and < 11 && x is >= 2 and < 18);
        var geometry = MaskGeometry.Of(bar, 20);
        Assert.Equal(48 / 400.0, geometry.Foreground, 12);
        Assert.Equal(1, geometry.Components);
        Assert.InRange(geometry.SkeletonLength, 13, 16);
        Assert.Equal(0, geometry.Orientation, 12);
        Assert.Equal(Math.PI / 2, MaskGeometry.Of(Draw(20, (x, y) => x is >= 8 and < 11 && y is >= 2 and < 18), 20).Orientation, 12);
        Assert.Equal(Math.PI / 4, MaskGeometry.Of(Draw(20, (x, y) => x == y), 20).Orientation, 12);
        Assert.Equal(3 * Math.PI / 4, MaskGeometry.Of(Draw(20, (x, y) => x == 19 - y), 20).Orientation, 12);
    }

    [Fact]
    public void Corners_hold_a_piece_together_and_gaps_do_not()
    {
        Assert.Equal(1, MaskGeometry.Of(Draw(6, (x, y) => x == y), 6).Components);
        Assert.Equal(3, MaskGeometry.Of(Draw(6, (x, y) => x % 2 == 0), 6).Components);
        Assert.Equal(new MaskGeometry(0, 0, 0, 0), MaskGeometry.Of(new byte[36], 6));
    }

    [Fact]
    public void Thinning_keeps_pieces_and_ends_thin()
    {
        var ring = Array.ConvertAll(Draw(24, (x, y) => Math.Abs(Math.Sqrt((x - 12) * (x - 12) + (y - 12) * (y - 12)) - 8) < 2.2), v => v != 0);
        var skeleton = Thinning.Skeleton(ring, 24);
        Assert.Equal(1, MaskGeometry.Pieces(skeleton, 24));
        Assert.Equal(2, MaskGeometry.Pieces(Array.ConvertAll(skeleton, v => !v), 24) + Leaks(skeleton)); // inside and outside stay apart
        Assert.InRange(skeleton.Count(v => v), 36, 60); // 2π · 8 = 50
    }

    // A textbook value: P = (2, 3)/5, Q = (3, 2)/5 after one was added.
    [Fact]
    public void Divergence_is_that_of_the_smoothed_shares()
    {
        Assert.Equal(0.4 * Math.Log(2 / 3.0) + 0.6 * Math.Log(3 / 2.0), HistogramDivergence.OfCounts([1, 2], [2, 1]), 12);
        Assert.Equal(0, HistogramDivergence.OfCounts([5, 0, 7], [5, 0, 7]), 12);
        Assert.True(double.IsFinite(HistogramDivergence.OfCounts([10, 0], [0, 10])));
        Assert.NotEqual(HistogramDivergence.OfCounts([9, 1, 0], [3, 3, 4]), HistogramDivergence.OfCounts([3, 3, 4], [9, 1, 0]));
        Assert.Equal(0, HistogramDivergence.OfValues([3, 3], [3, 3], 16), 12);
        Assert.Equal(HistogramDivergence.OfCounts([2, 0], [0, 2]), HistogramDivergence.OfValues([0, 1], [9, 10], 2), 12);
    }

    // Values of skimage's structural_similarity are for other windows; the definition fixes these.
    [Fact]
    public void Likeness_is_one_of_equal_images_and_falls_with_noise()
    {
        var shape = new ImageShape(1, 16, 16);
        byte[] image = Draw(16, (x, y) => x > y);
        var noisy = Array.ConvertAll(image, v => (byte)(255 - v));
        Assert.Equal(1, StructuralSimilarity.Of(image, image, shape), 12);
        Assert.InRange(StructuralSimilarity.Of(image, noisy, shape), -1, 0.1);
        // Constant images: (2ab + C₁)/(a² + b² + C₁).
        byte[] a = [.. Enumerable.Repeat((byte)100, 256)], b = [.. Enumerable.Repeat((byte)200, 256)];
        Assert.Equal((2 * 100 * 200 + 6.5025) / (100 * 100 + 200 * 200 + 6.5025), StructuralSimilarity.Of(a, b, shape), 9);
    }

    [Fact]
    public void Copies_are_flagged_and_fresh_draws_are_not()
    {
        var (members, held, fresh) = (Blobs(60, 1), Blobs(80, 2), Blobs(60, 3));
        Assert.False(CopyCheck.Measure(fresh, members, held).IsFlagged);
        // Every second pair a member with a little noise.
        var copies = new ImageSet(members.Shape, [.. members.Pixels.Select((v, i) => i % 2 == 0 && v is > 2 and < 250 ? (byte)(v + 2) : v)]);
        var check = CopyCheck.Measure(ImageSet.Concat(copies, fresh), members, held);
        Assert.True(check.IsFlagged);
        Assert.InRange(check.Images.Value, 0.45, 0.65);
        Assert.Equal(0.5, CopyCheck.Overlap([255, 255, 0], [255, 0, 0]));
    }

    // Ellipses of random place, size and shade, with noise.
    private static ImageSet Blobs(int count, int seed)
    {
        var random = new Random(seed);
        var (images, masks) = (new List<byte>(), new List<byte>());
        for (var i = 0; i < count; i++)
        {
            var (x0, y0, a, b, shade) = (random.Next(10, 22), random.Next(10, 22), random.Next(4, 10), random.Next(4, 10), random.Next(120, 200));
            var mask = Draw(32, (x, y) => Math.Pow((x - x0) / (double)a, 2) + Math.Pow((y - y0) / (double)b, 2) < 1);
            masks.AddRange(mask);
            images.AddRange(mask.Select(v => (byte)(random.Next(40) + (v > 0 ? shade : 40))));
        }
        var shape = new ImageShape(1, 32, 32);
        return ImagePairs.Join(new ImageSet(shape, [.. images]), new ImageSet(shape, [.. masks]));
    }

    private static byte[] Draw(int side, Func<int, int, bool> inside) =>
        [.. Enumerable.Range(0, side * side).Select(p => inside(p % side, p / side) ? byte.MaxValue : (byte)0)];

    /// <summary>1 where the ground inside a thin ring hangs together with that outside through a corner of the ring.</summary>
    private static int Leaks(bool[] ring) => MaskGeometry.Pieces(Array.ConvertAll(ring, v => !v), 24) == 1 ? 1 : 0;
}
