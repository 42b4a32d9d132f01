using Understudy.Data.Splitting;
using Understudy.Training;

namespace Understudy.Data;

/// <summary>What a data set holds: sizes, range, classes, groups and duplicates.</summary>
/// <param name="Shape">The shape of every image.</param>
/// <param name="Parts">Its parts.</param>
/// <param name="Shared">What each two parts have in common.</param>
public sealed record DataInspection(ImageShape Shape, IReadOnlyList<PartInspection> Parts, IReadOnlyList<SharedImages> Shared)
{
    private const int ReportEvery = 1000;
    private static readonly Dictionary<string, double> NoValues = [];

    /// <summary>Inspects a data set.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="progress">Told how many images of each part have been looked at; may be null.</param>
    /// <param name="cancellation">Stops.</param>
    public static DataInspection Of(ImageData data, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        var parts = data.Parts.Select(part => (part.Name, part.Set, Fingerprints: Fingerprints(part.Set, part.Name, progress, cancellation))).ToArray();
        var shared =
            from second in parts.Index()
            from first in parts.Take(second.Index)
            let known = first.Fingerprints.ToHashSet()
            select new SharedImages(
                first.Name,
                second.Item.Name,
                second.Item.Fingerprints.Count(known.Contains),
                first.Set.Groups?.Intersect(second.Item.Set.Groups!).Count());
        return new DataInspection(data.Train.Shape, [.. parts.Select(part => Inspect(part.Name, part.Set, part.Fingerprints))], [.. shared]);
    }

    private static UInt128[] Fingerprints(ImageSet set, string part, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var fingerprints = new UInt128[set.Count];
        for (var i = 0; i < fingerprints.Length; i++)
        {
            if (i % ReportEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new StageProgress("inspect", part, i, set.Count, NoValues));
            }
            fingerprints[i] = ImageUnits.Fingerprint(set.Image(i));
        }
        progress?.Report(new StageProgress("inspect", part, set.Count, set.Count, NoValues));
        return fingerprints;
    }

    private static PartInspection Inspect(string name, ImageSet set, UInt128[] fingerprints)
    {
        var images = set.Shape.HasMask ? ImagePairs.Images(set) : set;
        var histogram = new long[256];
        foreach (var value in images.Pixels) histogram[value]++;
        double count = images.Pixels.Length;
        var mean = histogram.Index().Sum(bin => bin.Index * bin.Item / count);
        var variance = histogram.Index().Sum(bin => (bin.Index - mean) * (bin.Index - mean) * bin.Item / count);
        var byClass = new int[set.ClassCount];
        foreach (var label in set.Labels ?? []) byClass[label]++;
        return new PartInspection(
            name,
            set.Count,
            Array.FindIndex(histogram, n => n > 0),
            Array.FindLastIndex(histogram, n => n > 0),
            mean,
            Math.Sqrt(variance),
            [.. set.ClassNames.Zip(byClass, (className, n) => new ClassCount(className, n))],
            set.Groups?.Distinct().Count(),
            set.Count - fingerprints.Distinct().Count(),
            set.Shape.HasMask ? Inspect(ImagePairs.Masks(set)) : null);
    }

    private static MaskInspection Inspect(ImageSet masks)
    {
        var shares = Enumerable.Range(0, masks.Count).Select(i => masks.Image(i).Count(byte.MaxValue) / (double)masks.Shape.Length).ToArray();
        return new MaskInspection(shares.Average(), shares.Count(share => share == 0));
    }
}
