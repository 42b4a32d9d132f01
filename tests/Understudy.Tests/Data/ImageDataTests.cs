using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class ImageDataTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void IdxPairsAreFoundByFolderAndByFile()
    {
        _folder.Write("train-images-idx3-ubyte.gz", Archives.Gzip(Archives.Idx([3, 1, 2], [1, 2, 3, 4, 5, 6])));
        _folder.Write("train-labels-idx1-ubyte", Archives.Idx([3], [0, 1, 2]));
        var test = _folder.Write("t10k-images.idx3-ubyte", Archives.Idx([1, 1, 2], [7, 8]));
        _folder.Write("t10k-labels.idx1-ubyte.gz", Archives.Gzip(Archives.Idx([1], [1])));

        foreach (var path in new[] { _folder.Path, _folder["train-images-idx3-ubyte.gz"] })
        {
            var data = ImageData.Open(path);
            Assert.Equal(["train", "test"], data.Parts.Select(part => part.Name));
            Assert.Equal(new byte[] { 7, 8 }, data.Test!.Pixels);
            Assert.Equal(["0", "1", "2"], data.Test.ClassNames); // the training part's: the test part has fewer
        }
        Assert.Equal(new byte[] { 7, 8 }, ImageData.Open(test).Train.Pixels);
    }

    [Fact]
    public void ImagesWithoutLabelsBesideAreRefused()
    {
        var images = _folder.Write("train-images-idx3-ubyte", Archives.Idx([1, 1, 1], [1]));

        Assert.StartsWith($"{images}: no file of labels lies beside it", Images.InputError(() => ImageData.Open(images)), StringComparison.Ordinal);
    }

    [Fact]
    public void FolderWithOneNpzIsThatFile()
    {
        NpzFile.Write(Images.Noise(3), _folder["a.npz"]);
        _folder.Write("SOURCE.md", "where from");

        Images.AssertEqual(Images.Noise(3), ImageData.Open(_folder.Path).Train);
    }

    [Fact]
    public void SizeIsAppliedToEveryPart()
    {
        NpzFile.Write(new ImageData(Images.Noise(3), test: Images.Noise(2)), _folder["a.npz"]);

        var data = ImageData.Open(_folder["a.npz"], size: 8);

        Assert.All(data.Parts, part => Assert.Equal(new ImageShape(1, 8, 8), part.Set.Shape));
        Assert.Equal("size 0 is no side of an image; give 1 to 8192", Images.InputError(() => ImageData.Open(_folder["a.npz"], size: 0)));
    }

    [Fact]
    public void WhatIsNoDataSetIsOneLine()
    {
        var text = _folder.Write("notes.txt", "hello");

        Assert.Equal($"{_folder["none"]}: there is no such file or folder", Images.InputError(() => ImageData.Open(_folder["none"])));
        Assert.Equal($"{text}: is no NPZ, IDX, CSV or NIfTI file; give one of these, or a folder of images", Images.InputError(() => ImageData.Open(text)));
        Assert.StartsWith($"{_folder.Path}: holds no images", Images.InputError(() => ImageData.Open(_folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void PartsThatDoNotBelongTogetherAreRefused()
    {
        var train = Images.Noise(4, classes: 2);

        Assert.Contains("bring them to one size", Images.InputError(() => _ = new ImageData(train, test: Images.Noise(4, width: 5, classes: 2))), StringComparison.Ordinal);
        Assert.Contains("only one has labels", Images.InputError(() => _ = new ImageData(train, test: Images.Noise(4))), StringComparison.Ordinal);
        Assert.Contains("only one has groups", Images.InputError(() => _ = new ImageData(train, Images.Noise(4, classes: 2, group: _ => "a"))), StringComparison.Ordinal);
        Assert.Equal(
            "class 1 is 'x' in the test part, 'class 1' elsewhere; number classes alike",
            Images.InputError(() => _ = new ImageData(Images.Noise(4, classes: 3), test: new ImageSet(train.Shape, train.Pixels, train.Labels, ["class 0", "x"]))));
    }
}
