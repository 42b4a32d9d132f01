using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class NpzFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(3, 2, true)]
    [InlineData(1, 3, false)]
    [InlineData(3, 0, true)]
    public void SetIsReadBackAsItWas(int channels, int classes, bool hasGroups)
    {
        var set = Images.Noise(7, channels, classes: classes, group: hasGroups ? i => i % 2 == 0 ? "Zoë 𝒢" : "" : null);

        NpzFile.Write(set, _folder["a.npz"]);

        Images.AssertEqual(set, NpzFile.Read(_folder["a.npz"]).Train);
        Assert.Equal(["a.npz"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void PartsAreReadBackAsTheyWere()
    {
        var data = new ImageData(Images.Noise(5, classes: 3), Images.Noise(3, classes: 3, seed: 2), Images.Noise(4, classes: 3, seed: 3));

        NpzFile.Write(data, _folder["a.npz"]);

        var back = NpzFile.Read(_folder["a.npz"]);
        Assert.Equal(["train", "val", "test"], back.Parts.Select(part => part.Name));
        foreach (var (expected, actual) in data.Parts.Zip(back.Parts)) Images.AssertEqual(expected.Set, actual.Set);
    }

    [Fact]
    public void VolumesAreReadBackAsTheyWere()
    {
        var noise = Images.Noise(3, 9, 8, 10, classes: 2);
        var set = new ImageSet(noise.Shape with { IsVolume = true }, noise.Pixels, noise.Labels, noise.ClassNames);

        NpzFile.Write(set, _folder["a.npz"]);

        Images.AssertEqual(set, NpzFile.Read(_folder["a.npz"]).Train);
        Assert.Contains("write an NPZ file", Images.InputError(() => ImageFolder.Write(set, _folder["png"])), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["png"]));
        var masked = _folder.Write("b.npz", Archives.Zip(("images.npy", Images4("1, 8, 8, 8", new byte[512])), ("masks.npy", Images4("1, 8, 8", new byte[64]))));
        Assert.Contains("masks of volumes", Images.InputError(() => NpzFile.Read(masked)), StringComparison.Ordinal);
    }

    /// <summary>Counts as MedMNIST states them; the foreground is what any reader of the file counts.</summary>
    [Fact]
    public void MedMnistFileOfVolumesIsRead()
    {
        const string file = "../shared/data/adrenalmnist3d";
        if (Shared.Find(file) is not { } path) { Assert.Skip($"{file} is absent"); return; }

        var inspection = DataInspection.Of(ImageData.Open(path));

        Assert.Equal(new ImageShape(28, 28, 28) { IsVolume = true }, inspection.Shape);
        Assert.Equal([1188, 98, 298], inspection.Parts.Select(part => part.Count));
        Assert.Equal(0, inspection.Parts[0].Minimum);
        Assert.Equal(255, inspection.Parts[0].Maximum);
        Assert.Equal(new ImageShape(20, 20, 20) { IsVolume = true }, ImageData.Open(path, size: 20).Train.Shape);
    }

    [Fact]
    public void SameSetSameBytes()
    {
        NpzFile.Write(Images.Noise(5, classes: 2), _folder["a.npz"]);
        NpzFile.Write(Images.Noise(5, classes: 2), _folder["b.npz"]);

        Assert.Equal(File.ReadAllBytes(_folder["a.npz"]), File.ReadAllBytes(_folder["b.npz"]));
    }

    [Fact]
    public void NumPyOpensWhatIsWrittenAndWritesWhatIsRead()
    {
        const string python = "/usr/bin/python3";
        if (!File.Exists(python) || Run(python, "import numpy") is null) Assert.Skip("Python with NumPy is not installed");
        var set = Images.Noise(6, 3, classes: 2, group: i => $"p{i / 2}");
        NpzFile.Write(set, _folder["a.npz"]);

        var output = Run(python, $"""
            import numpy as np
            f = np.load(r'{_folder["a.npz"]}', allow_pickle=False)
            print(f['images'].shape, f['images'].dtype, int(f['images'][5, 3, 2, 1]), f['labels'].tolist(), f['class_names'].tolist(), f['groups'].tolist())
            np.savez_compressed(r'{_folder["b.npz"]}', **dict(f))
            np.savez(r'{_folder["c.npz"]}', images=np.asfortranarray(f['images']), labels=f['labels'].astype('>i2')[:, None], class_names=f['class_names'].astype('>U9'), groups=f['groups'])
            """);

        var pixel = set.Image(5)[(1 * 4 + 3) * 3 + 2];
        Assert.Equal($"(6, 4, 3, 3) uint8 {pixel} [0, 1, 0, 1, 0, 1] ['class 0', 'class 1'] ['p0', 'p0', 'p1', 'p1', 'p2', 'p2']", output?.Trim());
        Images.AssertEqual(set, NpzFile.Read(_folder["b.npz"]).Train);
        Images.AssertEqual(set, NpzFile.Read(_folder["c.npz"]).Train);
    }

    [Fact]
    public void MedMnistFileIsRead()
    {
        const string file = "../shared/data/pneumoniamnist/pneumoniamnist.npz";
        if (Shared.Find(file) is not { } path) { Assert.Skip($"{file} is absent"); return; }

        var data = NpzFile.Read(path);

        Assert.Equal([4708, 524, 624], data.Parts.Select(part => part.Set.Count));
        Assert.Equal([1214, 3494], data.Train.Labels!.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(["0", "1"], data.Train.ClassNames);
    }

    [Theory]
    [InlineData("|u1", "2, 1, 2", false, new byte[] { 1, 2, 3, 4 }, new byte[] { 1, 2, 3, 4 })]
    [InlineData("|u1", "2, 1, 2", true, new byte[] { 1, 3, 2, 4 }, new byte[] { 1, 2, 3, 4 })]
    [InlineData("|b1", "1, 2, 2", false, new byte[] { 0, 1, 1, 0 }, new byte[] { 0, 255, 255, 0 })]
    [InlineData("<u2", "1, 1, 2", false, new byte[] { 1, 1, 255, 255 }, new byte[] { 1, 255 })]
    [InlineData(">u2", "1, 1, 2", false, new byte[] { 1, 129, 0, 0 }, new byte[] { 1, 0 })]
    [InlineData(">f4", "1, 1, 2", false, new byte[] { 0x3F, 0x80, 0, 0, 0x3F, 0, 0, 0 }, new byte[] { 255, 128 })]
    public void PixelsOfOtherTypesAndOrdersAreBroughtToEightBits(string descr, string shape, bool fortran, byte[] data, byte[] expected)
    {
        var file = _folder.Write("a.npz", Archives.Zip(("images.npy", Archives.Npy(descr, shape, data, fortran, version: 2))));

        Assert.Equal(expected, NpzFile.Read(file).Train.Pixels);
    }

    [Fact]
    public void FortranOrderOfColourImagesIsReordered()
    {
        var set = Images.Noise(3, 3, 4, 5);
        var fortran = new byte[set.Pixels.Length]; // index (n, y, x, c) at n + 3·(y + 4·(x + 5·c))
        for (var n = 0; n < 3; n++)
            for (var c = 0; c < 3; c++)
                for (var y = 0; y < 4; y++)
                    for (var x = 0; x < 5; x++)
                        fortran[n + 3 * (y + 4 * (x + 5 * c))] = set.Image(n)[(c * 4 + y) * 5 + x];

        var file = _folder.Write("a.npz", Archives.Zip(("images.npy", Archives.Npy("|u1", "3, 4, 5, 3", fortran, fortran: true))));

        Assert.Equal(set.Pixels, NpzFile.Read(file).Train.Pixels);
    }

    public static TheoryData<string, byte[], string> Lies => new()
    {
        { "shape larger than the file", Images4("4, 2, 2", new byte[12]), "shape (4, 2, 2) of uint8 needs 16 bytes, it has 12" },
        { "shape smaller than the file", Images4("2, 2, 2", new byte[12]), "shape (2, 2, 2) of uint8 needs 8 bytes, it has 12" },
        { "shape beyond memory", Images4("2147483647, 2147483647, 2147483647, 3", new byte[12]), "is more than 2147483591 bytes" },
        { "shape that wraps round to the file's length", Images4("2147483648, 2147483648, 4", new byte[12]), "is no list of lengths below 2^31" },
        { "negative axis", Images4("-1, 2, 2", new byte[12]), "is no list of lengths" },
        { "no images", Images4("0, 2, 2", []), "holds no images" },
        { "four channels", Images4("1, 2, 2, 4", new byte[16]), "images are (count, height, width) or (count, height, width, 3), volumes (count, depth, height, width)" },
        { "a film of volumes", Images4("1, 8, 8, 8, 8", new byte[4096]), "images are (count, height, width) or (count, height, width, 3), volumes (count, depth, height, width)" },
        { "pickled objects", Archives.Npy("|O", "1, 2, 2", new byte[4]), "has an element type that is not read" },
        { "complex numbers", Archives.Npy("<c8", "1, 1, 1", new byte[8]), "has an element type that is not read" },
        { "text for pixels", Archives.Npy("<U1", "1, 1, 1", new byte[4]), "pixels are text; save them as uint8" },
        { "not a number", Archives.Npy("<f4", "1, 1, 1", [0, 0, 0xC0, 0x7F]), "pixel NaN is not in 0 to 1" },
        { "floats up to 255", Archives.Npy("<f4", "1, 1, 1", [0, 0, 0, 0x40]), "pixel 2 is not in 0 to 1" },
        { "no NPY", [1, 2, 3, 4, 5, 6, 7, 8, 9], "is no NPY array" },
        { "unknown version", Archives.Npy("|u1", "1, 1, 1", [0], version: 9), "is NPY version 9" },
        { "cut in the header", Archives.Npy("|u1", "1, 1, 1", [0])[..20], "ends within its NPY header" },
        { "no shape", [0x93, .. "NUMPY"u8, 1, 0, 2, 0, .. "{}"u8], "has an element type that is not read" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void ArrayThatLiesIsRefused(string what, byte[] npy, string expected)
    {
        var file = _folder.Write("a.npz", Archives.Zip(("images.npy", npy)));

        var error = Images.InputError(() => NpzFile.Read(file));

        Assert.True(error.StartsWith($"{file}: images", StringComparison.Ordinal) && error.Contains(expected, StringComparison.Ordinal), $"{what}: {error}");
    }

    [Theory]
    [InlineData("<i8", "2", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255 }, "labels[1]: is -1; labels go from 0")]
    [InlineData("<u4", "2", new byte[] { 0, 0, 0, 0, 0, 0, 0, 255 }, "labels[1]: is 4278190080; labels go from 0 up to at most 65535")]
    [InlineData("|u1", "3", new byte[] { 0, 1, 2 }, "has shape (3); for 2 images it is (2) or (2, 1)")]
    [InlineData("|u1", "2, 2", new byte[] { 0, 1, 1, 0 }, "has 2 columns (several findings an image)")]
    [InlineData("<f4", "2", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x3F }, "labels[1]: 0.5 is no whole number")]
    [InlineData("<f4", "2", new byte[] { 0, 0, 0, 0, 0, 0, 0xC0, 0x7F }, "labels[1]: NaN is no whole number")]
    [InlineData("<U1", "2", new byte[] { 65, 0, 0, 0, 66, 0, 0, 0 }, "holds text; whole numbers are needed")]
    public void LabelsThatCannotBeAreRefused(string descr, string shape, byte[] data, string expected)
    {
        var file = _folder.Write("a.npz", Archives.Zip(("images.npy", Images4("2, 2, 2", new byte[8])), ("labels.npy", Archives.Npy(descr, shape, data))));

        Assert.Contains(expected, Images.InputError(() => NpzFile.Read(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void LabelWithoutNameIsRefused()
    {
        var names = Archives.Npy("<U1", "1", [65, 0, 0, 0]);
        var file = _folder.Write("a.npz", Archives.Zip(
            ("images.npy", Images4("2, 2, 2", new byte[8])), ("labels.npy", Archives.Npy("|u1", "2", [0, 1])), ("class_names.npy", names)));

        Assert.Equal($"{file}: labels[1] is 1; class_names names the classes 0 to 0", Images.InputError(() => NpzFile.Read(file)));
    }

    [Fact]
    public void ClassesTxtBesideTheFileNamesItsClasses()
    {
        var npy = Archives.Npy("|u1", "3", [0, 2, 1]);
        var file = _folder.Write("a.npz", Archives.Zip(("images.npy", Images4("3, 2, 2", new byte[12])), ("labels.npy", npy)));

        var list = _folder.Write("classes.txt", "cat\ndog\nmouse\nnobody\n");
        Assert.Equal(["cat", "dog", "mouse", "nobody"], NpzFile.Read(file).Train.ClassNames);

        _folder.Write("classes.txt", "cat\ndog\n");
        Assert.Equal($"{list}: has 2 names, {file} has labels up to 2; list 3 names", Images.InputError(() => NpzFile.Read(file)));
        _folder.Write("classes.txt", "cat\ndog\ncat\n");
        Assert.Equal($"{list}: class 'cat' is named twice", Images.InputError(() => NpzFile.Read(file)));
    }

    [Fact]
    public void EntriesThatAreTwiceOrPointElsewhereAreRefused()
    {
        var npy = Images4("1, 2, 2", new byte[4]);
        var twice = _folder.Write("twice.npz", Archives.Zip(("images.npy", npy), ("images.npy", npy)));
        var elsewhere = _folder.Write("elsewhere.npz", Archives.Zip(("../images.npy", npy)));
        var other = _folder.Write("other.npz", Archives.Zip(("readme.txt", npy)));
        var foreign = _folder.Write("foreign.npz", Archives.Zip(("x.npy", npy)));

        Assert.Equal($"{twice}: array 'images' is twice in the file", Images.InputError(() => NpzFile.Read(twice)));
        Assert.Contains("entry '../images.npy' is no plain name", Images.InputError(() => NpzFile.Read(elsewhere)), StringComparison.Ordinal);
        Assert.Contains("entry 'readme.txt' is no array", Images.InputError(() => NpzFile.Read(other)), StringComparison.Ordinal);
        Assert.Contains("has the arrays x; one named images", Images.InputError(() => NpzFile.Read(foreign)), StringComparison.Ordinal);
    }

    [Fact]
    public void EntryThatStatesMoreThanItCanHoldIsRefusedUnexpanded()
    {
        // A central directory whose uncompressed size says 1.5 GB: an allocation of that size would show in the peak.
        var zip = Archives.Zip(("images.npy", Images4("1, 2, 2", new byte[4])));
        var directory = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(directory + 24), 1_500_000_000);
        var file = _folder.Write("a.npz", zip);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("more than the file can hold", Images.InputError(() => NpzFile.Read(file)), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void ChangedPixelIsFoundByTheChecksum()
    {
        var npy = Images4("1, 2, 2", [11, 22, 33, 44]);
        var zip = Archives.Zip(CompressionLevel.NoCompression, ("images.npy", npy));
        zip[zip.AsSpan().IndexOf((ReadOnlySpan<byte>)[11, 22, 33, 44])] ^= 1;
        var file = _folder.Write("a.npz", zip);

        Assert.Contains("images: is damaged", Images.InputError(() => NpzFile.Read(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFileAndOtherContentAreOneLine()
    {
        Assert.Equal($"{_folder["no.npz"]}: there is no such file or folder", Images.InputError(() => NpzFile.Read(_folder["no.npz"])));
        var text = _folder.Write("a.npz", "PK not really");
        Assert.Equal($"{text}: is no whole NPZ (ZIP) file", Images.InputError(() => NpzFile.Read(text)));
    }

    private static byte[] Images4(string shape, byte[] data) => Archives.Npy("|u1", shape, data);

    private static string? Run(string python, string code)
    {
        using var process = Process.Start(new ProcessStartInfo(python) { ArgumentList = { "-c", code }, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : null;
    }
}
