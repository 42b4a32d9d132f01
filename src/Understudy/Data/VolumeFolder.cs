using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>Reads NIfTI volumes as slices: each slice an image, with the mask of its label volume where there is one, and the volume as its group.</summary>
/// <remarks>
/// A folder has the sub-folders <c>images</c> and <c>labels</c> (or <c>imagesTr</c> and <c>labelsTr</c>, as the Medical Segmentation Decathlon has
/// them) with files of the same names, or holds volumes without labels. Of a volume with labels, slices are taken whose foreground is at least a
/// quarter of its largest slice's; every label but 0 is foreground. Intensities are scaled a volume at a time, its 0.5 % quantile to 0
/// and its 99.5 % quantile to 255, since scanners differ in scale.
/// </remarks>
public static class VolumeFolder
{
    private const double LowQuantile = 0.005;
    private const double HighQuantile = 0.995;
    private const double LeastForeground = 0.25;

    /// <summary>Whether a folder holds volumes.</summary>
    public static bool Holds(string path) => Folders(path) is not null || Volumes(path).Any();

    /// <summary>Reads a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="slices">Which slices.</param>
    /// <param name="size">Where given, each slice is brought to this height and width; otherwise all must have one size.</param>
    /// <exception cref="InputException">A volume is damaged, has no labels, or its labels have another size.</exception>
    public static ImageData Read(string path, VolumeSlices slices, int? size = null)
    {
        var (images, labels) = Folders(path) ?? (path, null);
        var files = Volumes(images).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0) throw new InputException($"{images}: holds no volumes; .nii and .nii.gz files are read");
        return new ImageData(Join([.. files.Select(file => (file, Slices(file, labels is null ? null : LabelsOf(file, labels), slices, size)))]));
    }

    /// <summary>Reads one volume without labels.</summary>
    /// <inheritdoc cref="Read"/>
    public static ImageData ReadFile(string path, VolumeSlices slices, int? size = null) => new(Join([(path, Slices(path, null, slices, size))]));

    private static (string Images, string? Labels)? Folders(string path) =>
        new[] { "", "Tr" }.Select(suffix => (Images: Path.Combine(path, "images" + suffix), Labels: Path.Combine(path, "labels" + suffix)))
            .Where(pair => Directory.Exists(pair.Images) && Directory.Exists(pair.Labels) && Volumes(pair.Images).Any())
            .Select(pair => ((string, string?)?)pair).FirstOrDefault();

    private static IEnumerable<string> Volumes(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => NiftiFile.IsNamed(file) && !Path.GetFileName(file).StartsWith('.'));

    private static string LabelsOf(string file, string labels)
    {
        var path = Path.Combine(labels, Path.GetFileName(file));
        return File.Exists(path) ? path : throw new InputException($"{file}: has no labels; {path} would be they");
    }

    private static ImageSet Slices(string file, string? labelFile, VolumeSlices slices, int? size)
    {
        var volume = NiftiFile.Read(file);
        var labels = labelFile is null ? null : NiftiFile.Read(labelFile);
        if (labels is not null && labels.Size != volume.Size)
            throw new InputException($"{labelFile}: has {labels.Size} voxels, its image {file} has {volume.Size}; labels have their image's size");
        var scaled = Scaled(volume);
        var chosen = Chosen(scaled, labels, slices, labelFile);
        var (height, width, _) = scaled.Slice(slices.Axis, 0);
        var images = Set(scaled, value => (byte)value);
        var set = labels is null ? images : ImagePairs.Join(images, Set(labels, value => value != 0 ? byte.MaxValue : (byte)0));
        return size is { } side ? set.Resize(side, side) : set;

        ImageSet Set(Volume voxels, Converter<float, byte> toByte)
        {
            byte[] pixels = [.. chosen.SelectMany(index => Array.ConvertAll(voxels.Slice(slices.Axis, index).Values, toByte))];
            return new ImageSet(new ImageShape(1, height, width), pixels, groups: [.. chosen.Select(_ => Patient(file))]);
        }
    }

    private static int[] Chosen(Volume volume, Volume? labels, VolumeSlices slices, string? labelFile)
    {
        var candidates = Enumerable.Range(0, volume.SliceCount(slices.Axis)).ToArray();
        if (labels is not null)
        {
            var foreground = Array.ConvertAll(candidates, index => labels.Slice(slices.Axis, index).Values.Count(value => value != 0));
            var most = foreground.Max();
            if (most == 0) throw new InputException($"{labelFile}: labels nothing (every voxel is 0); leave the volume out");
            candidates = [.. candidates.Where(index => foreground[index] >= LeastForeground * most)];
        }
        var count = Math.Min(slices.Count, candidates.Length);
        return [.. Enumerable.Range(0, count).Select(i => candidates[(2 * i + 1) * candidates.Length / (2 * count)])];
    }

    /// <summary>Rounded to 0 to 255.</summary>
    private static Volume Scaled(Volume volume)
    {
        var sorted = volume.Values.Order().ToArray();
        var low = sorted[(int)(LowQuantile * (sorted.Length - 1))];
        var range = Math.Max(sorted[(int)(HighQuantile * (sorted.Length - 1))] - low, float.Epsilon);
        var values = Array.ConvertAll(volume.Values, value => MathF.Round(255 * Math.Clamp((value - low) / range, 0, 1)));
        return new Volume(volume.Width, volume.Height, volume.Depth, values);
    }

    private static ImageSet Join((string File, ImageSet Slices)[] all)
    {
        var (firstFile, first) = all[0];
        foreach (var (file, set) in all)
        {
            if (set.Shape != first.Shape)
                throw new InputException($"{file}: has slices of {set.Shape.Width}x{set.Shape.Height}, {firstFile} of {first.Shape.Width}x{first.Shape.Height}; ask for one size (--size)");
        }
        return ImageSet.Concat([.. all.Select(part => part.Slices)]);
    }

    private static string Patient(string file) => Path.GetFileName(file).Split(".nii", 2, StringSplitOptions.None)[0];
}
