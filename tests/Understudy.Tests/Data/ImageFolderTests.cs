using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(3, 2, true)]
    [InlineData(1, 3, false)]
    public void SetIsReadBackAsItWas(int channels, int classes, bool hasGroups)
    {
        var set = Images.Noise(9, channels, classes: classes, group: hasGroups ? i => $"p,\"{i / 2}\"" : null);

        ImageFolder.Write(set, _folder["out"]);

        var back = ImageFolder.Read(_folder["out"]).Train;
        Images.AssertEqual(set, back);
        Assert.Equal(["out"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void ClassesKeepTheirOrderEvenWithoutImagesAndWhateverTheirNames()
    {
        var noise = Images.Noise(3);
        var set = new ImageSet(noise.Shape, noise.Pixels, [2, 0, 2], ["zebra / horse", "nobody", "../up"]);

        ImageFolder.Write(set, _folder["out"]);

        Images.AssertEqual(set, ImageFolder.Read(_folder["out"]).Train);
        Assert.Equal(["___up", "zebra _ horse"], Directory.GetDirectories(_folder["out"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void PartsAreReadBackAsTheyWere()
    {
        var data = new ImageData(Images.Noise(5, classes: 3), test: Images.Noise(4, classes: 3, seed: 3));

        ImageFolder.Write(data, _folder["out"]);

        var back = ImageFolder.Read(_folder["out"]);
        Assert.Equal(["train", "test"], back.Parts.Select(part => part.Name));
        foreach (var (expected, actual) in data.Parts.Zip(back.Parts)) Images.AssertEqual(expected.Set, actual.Set);
    }

    [Fact]
    public void NothingIsOverwritten()
    {
        _folder.Write("out/keep.txt", "");

        Assert.Equal($"{_folder["out"]}: is there already; name a new or an empty folder", Images.InputError(() => ImageFolder.Write(Images.Noise(2), _folder["out"])));
        Assert.Equal(["keep.txt"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName));
    }

    /// <summary>In Latin-1 é and è are bytes that UTF-8 does not know; read as they are, both would become one class.</summary>
    [Fact]
    public void ListInAnotherEncodingIsRefused()
    {
        var path = _folder.Write("labels.csv", "");
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes("file,label\na.png,x\nb.png,\u00E9\n"));

        Assert.Equal($"{path}, line 3: has letters that are not UTF-8; save the file as UTF-8", Images.InputError(() => ImageFolder.ReadList(path)));
    }

    [Fact]
    public void FoldersAreClassesAndContentDecidesTheFormat()
    {
        Put("10/a.dat", ImageFormat.Tiff, 1);
        Put("9/b.png", ImageFormat.Jpeg, 1);
        Put("9/a.png", ImageFormat.Png, 3);
        _folder.Write("9/notes.txt", "not an image");
        _folder.Write("9/.hidden.png", "not an image");

        var set = ImageFolder.Read(_folder.Path).Train;

        Assert.Equal(["9", "10"], set.ClassNames); // numbers by value
        Assert.Equal([0, 0, 1], set.Labels!.Order());
        Assert.Equal(new ImageShape(3, 4, 3), set.Shape); // one is RGB, so all are
        var grey = set.Image(Array.IndexOf(set.Labels!, 1));
        Assert.Equal(grey[..12].ToArray(), grey[12..24].ToArray());
    }

    [Fact]
    public void ListDecidesClassAndGroup()
    {
        Put("x/a.png", ImageFormat.Png, 1);
        Put("x/b.png", ImageFormat.Png, 1);
        Put("x/unlisted.png", ImageFormat.Png, 1);
        var list = _folder.Write("labels.csv", "Group,file,LABEL\np1,x/b.png,sick\np2, x/a.png ,\"well, really\"\n");

        foreach (var set in new[] { ImageFolder.Read(_folder.Path).Train, ImageData.Open(list).Train })
        {
            Assert.Equal(["sick", "well, really"], set.ClassNames);
            Assert.Equal([0, 1], set.Labels!);
            Assert.Equal(["p1", "p2"], set.Groups!);
        }
    }

    [Theory]
    [InlineData("", "the first line is ''; it names the columns: file")]
    [InlineData("name,label\nx,y\n", "the first line is 'name,label'; it names the columns: file")]
    [InlineData("file,label\n", "holds no images")]
    [InlineData("file,label\na.png,\n", "line 2: has no label; fill in the column or leave it out")]
    [InlineData("file,label\na.png,x\n\n../b.png,y\n", "line 4: '../b.png' lies outside the list's folder")]
    [InlineData("file,label\n/etc/passwd,x\n", "line 2: '/etc/passwd' lies outside the list's folder")]
    [InlineData("file,label\na.png,x\n./a.png,y\n", "line 3: './a.png' is named a second time, after line 2")]
    [InlineData("file,label\na.png\n", "line 2: is no valid CSV")]
    [InlineData("file,label\na.png,\"x\n", "line 2: is no valid CSV")]
    [InlineData("file\nnone.png\n", "none.png: there is no such file or folder")]
    [InlineData("file\nlabels.csv\n", "labels.csv: the content is no PNG, JPEG or TIFF")]
    public void ListThatIsWrongIsRefused(string csv, string expected)
    {
        Put("a.png", ImageFormat.Png, 1);
        _folder.Write("labels.csv", csv);

        Assert.Contains(expected, Images.InputError(() => ImageFolder.Read(_folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void ClassThatClassesTxtLacksIsRefused()
    {
        Put("dog/a.png", ImageFormat.Png, 1);
        _folder.Write("classes.txt", "cat\nmouse\n");

        Assert.Contains("class 'dog' is not in classes.txt, which has cat, mouse", Images.InputError(() => ImageFolder.Read(_folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void ImageOfAnotherSizeIsNamedUnlessASizeIsAskedFor()
    {
        Put("a/1.png", ImageFormat.Png, 1);
        Put("a/2.png", ImageFormat.Png, 1, width: 5);

        Assert.Equal(
            $"{_folder["a/2.png"]}: is 5x4, {_folder["a/1.png"]} is 3x4; bring all images to one size, or ask for it (--size)",
            Images.InputError(() => ImageFolder.Read(_folder.Path)));
        Assert.Equal(new ImageShape(1, 6, 6), ImageFolder.Read(_folder.Path, size: 6).Train.Shape);
        Assert.Equal(new ImageShape(1, 6, 6), ImageData.Open(_folder.Path, size: 6).Train.Shape);
    }

    [Fact]
    public void FolderThatIsNoDataSetIsRefused()
    {
        Directory.CreateDirectory(_folder["empty"]);
        Put("mixed/a.png", ImageFormat.Png, 1);
        Put("mixed/sub/b.png", ImageFormat.Png, 1);
        _folder.Write("fake/a.png", "no image");
        _folder.Write("bitmap/a.bmp", "BM");

        Assert.StartsWith($"{_folder["empty"]}: holds no images", Images.InputError(() => ImageFolder.Read(_folder["empty"])), StringComparison.Ordinal);
        Assert.Equal($"{_folder["mixed/a.png"]}: lies beside sub-folders that hold images too; put each image in the folder of its class", Images.InputError(() => ImageFolder.Read(_folder["mixed"])));
        Assert.Equal($"{_folder["fake/a.png"]}: the content is no PNG, JPEG or TIFF; convert or remove the file", Images.InputError(() => ImageFolder.Read(_folder["fake"])));
        Assert.StartsWith($"{_folder["bitmap/a.bmp"]}: ", Images.InputError(() => ImageFolder.Read(_folder["bitmap"])), StringComparison.Ordinal);
        Assert.Equal($"{_folder["none"]}: there is no such folder", Images.InputError(() => ImageFolder.Read(_folder["none"])));
    }

    private void Put(string name, ImageFormat format, int channels, int width = 3) =>
        _folder.Write(name, ImageCodec.Encode(Raster.From(Images.Noise(1, channels, width: width, seed: name.Length), 0), format));
}
