using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>A data set of images as it is published: one part, or the official training, validation and test parts.</summary>
/// <remarks>All parts have one shape and the same classes; parts with fewer classes than another take that one's names.</remarks>
public sealed class ImageData
{
    /// <summary>Brings parts together.</summary>
    /// <exception cref="InputException">
    /// A part is empty, the parts differ in shape or in the names of the classes, or one has labels or groups and another has none.
    /// </exception>
    public ImageData(ImageSet train, ImageSet? val = null, ImageSet? test = null)
    {
        var names = new[] { train, val, test }.OfType<ImageSet>().Select(set => set.ClassNames).MaxBy(n => n.Count)!;
        Train = Agreeing("train", train, train, names)!;
        Val = Agreeing("val", val, train, names);
        Test = Agreeing("test", test, train, names);
    }

    /// <summary>The training part, or all images of a set without parts.</summary>
    public ImageSet Train { get; }

    /// <summary>The official validation part, or null.</summary>
    public ImageSet? Val { get; }

    /// <summary>The official test part, or null.</summary>
    public ImageSet? Test { get; }

    /// <summary>The parts that there are, by name: train, val, test.</summary>
    public IEnumerable<(string Name, ImageSet Set)> Parts
    {
        get
        {
            yield return ("train", Train);
            if (Val is not null) yield return ("val", Val);
            if (Test is not null) yield return ("test", Test);
        }
    }

    /// <summary>Reads a data set; what it is shows from its content.</summary>
    /// <remarks>
    /// Read are: an NPZ file (<see cref="NpzFile"/>); an IDX file of images with its labels beside it, and its sibling of the other part
    /// (<see cref="IdxFile"/>); a CSV file that lists images, and a folder of images, or of images and masks (<see cref="ImageFolder"/>); a folder
    /// of volumes, or one volume, as slices (<see cref="VolumeFolder"/>); images whose objects are boxed (<see cref="VocFolder"/>); a folder that
    /// holds one NPZ file, IDX files by MNIST's names, or the two small sets of Omniglot (<see cref="Omniglot"/>).
    /// </remarks>
    /// <param name="path">A file or a folder.</param>
    /// <param name="size">Where given, images are brought to this height and width, volumes to this depth too (<see cref="ImageSet.Resize(int)"/>); they may differ before.</param>
    /// <param name="slices">How slices are taken of volumes; the defaults where null.</param>
    /// <exception cref="InputException">There is no such data set, or it is not whole.</exception>
    public static ImageData Open(string path, int? size = null, VolumeSlices? slices = null)
    {
        if (size is < 1 or > ImageCodec.MaxSide)
            throw new InputException($"size {size} is no side of an image; give 1 to {ImageCodec.MaxSide}");
        if (slices is { Count: < 1 }) throw new InputException($"{slices.Count} slices of each volume are asked for; give 1 or more");
        var data = Directory.Exists(path) ? OpenFolder(path, size, slices ?? new()) : OpenFile(path, size, slices ?? new());
        return size is { } side ? data.Map(set => set.Resize(side)) : data;
    }

    /// <summary>Reads a single image, or the (training) images of a data set, at one size.</summary>
    /// <param name="path">A PNG, JPEG or TIFF file, or what <see cref="Open"/> reads.</param>
    /// <param name="size">Height and width.</param>
    /// <exception cref="InputException">There is no such image or data set, or it is not whole.</exception>
    public static ImageSet OpenImages(string path, int size)
    {
        if (Directory.Exists(path) || ImageIntegrity.Sniff(InputFile.ReadStart(path, 8)) is null) return Open(path, size).Train;
        var image = ImageCodec.Decode(InputFile.ReadAll(path), path);
        return new ImageSet(image.Shape, image.ToPlanes()).Resize(size, size);
    }

    /// <summary>The same data set with each part replaced.</summary>
    public ImageData Map(Func<ImageSet, ImageSet> change) =>
        new(change(Train), Val is null ? null : change(Val), Test is null ? null : change(Test));

    private static ImageData OpenFolder(string path, int? size, VolumeSlices slices)
    {
        if (IdxFile.ImagesIn(path, "train") is { } images) return OpenIdx(images);
        if (Omniglot.IsIn(path)) return Omniglot.Read(path);
        if (VolumeFolder.Holds(path)) return VolumeFolder.Read(path, slices, size);
        if (VocFolder.Is(path)) return VocFolder.Read(path, size);
        var npz = Directory.GetFiles(path, "*.npz");
        return npz.Length == 1 && !Directory.EnumerateDirectories(path).Any() ? NpzFile.Read(npz[0]) : ImageFolder.Read(path, size);
    }

    private static ImageData OpenFile(string path, int? size, VolumeSlices slices)
    {
        if (NiftiFile.IsNamed(path)) return VolumeFolder.ReadFile(path, slices, size);
        var start = InputFile.ReadStart(path, 8);
        if (start.AsSpan().StartsWith("PK"u8)) return NpzFile.Read(path);
        if (IdxFile.IsIdx(start)) return OpenIdx(path);
        if (Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase)) return ImageFolder.ReadList(path, size);
        throw new InputException($"{path}: is no NPZ, IDX, CSV or NIfTI file; give one of these, or a folder of images");
    }

    private static ImageData OpenIdx(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var train = IdxFile.ImagesIn(folder, "train");
        var test = IdxFile.ImagesIn(folder, "t10k");
        var isTrain = train is not null && Path.GetFullPath(path) == Path.GetFullPath(train);
        return isTrain && test is not null ? new ImageData(ReadIdx(path), test: ReadIdx(test)) : new ImageData(ReadIdx(path));
    }

    private static ImageSet ReadIdx(string images) => IdxFile.LabelsBeside(images) is { } labels
        ? IdxFile.Read(images, labels)
        : throw new InputException($"{images}: no file of labels lies beside it; the images' name has 'images' where the labels' has 'labels'");

    private static ImageSet? Agreeing(string name, ImageSet? set, ImageSet train, IReadOnlyList<string> classNames)
    {
        if (set is null) return null;
        if (set.Count == 0) throw new InputException($"the {name} part holds no images");
        if (set.Shape != train.Shape)
            throw new InputException($"the {name} part has images of {set.Shape}, the train part of {train.Shape}; bring them to one size");
        if ((set.Labels is null) != (train.Labels is null))
            throw new InputException($"of the train and the {name} part only one has labels; give both or neither");
        if ((set.Groups is null) != (train.Groups is null))
            throw new InputException($"of the train and the {name} part only one has groups; give both or neither");
        for (var k = 0; k < set.ClassCount; k++)
        {
            if (set.ClassNames[k] != classNames[k])
                throw new InputException($"class {k} is '{set.ClassNames[k]}' in the {name} part, '{classNames[k]}' elsewhere; number classes alike");
        }
        return set.ClassCount == classNames.Count ? set : new ImageSet(set.Shape, set.Pixels, set.Labels, classNames, set.Groups);
    }
}
