using System.Security.Cryptography;
using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ImagesAndLabelsAreRead(bool isGzip)
    {
        var images = _folder.Write("i", Pack(isGzip, Archives.Idx([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])));
        var labels = _folder.Write("l", Pack(isGzip, Archives.Idx([2], [2, 0])));

        var set = IdxFile.Read(images, labels);

        Assert.Equal(new ImageShape(1, 2, 3), set.Shape);
        Assert.Equal(new byte[] { 7, 8, 9, 10, 11, 12 }, set.Image(1).ToArray());
        Assert.Equal([2, 0], set.Labels!);
        Assert.Equal(["0", "1", "2"], set.ClassNames);
    }

    [Fact]
    public void MnistIsReadWhole()
    {
        const string folder = "../shared/data/mnist";
        if (Shared.Find(folder) is not { } path) { Assert.Skip($"{folder} is absent"); return; }

        var data = ImageData.Open(path);

        Assert.Equal([60000, 10000], data.Parts.Select(part => part.Set.Count));
        Assert.Equal(["train", "test"], data.Parts.Select(part => part.Name));
        // The published MD5 of the uncompressed train-images-idx3-ubyte.
#pragma warning disable CA5351 // a published checksum, not a protection
        Assert.Equal("6BBC9ACE898E44AE57DA46A324031ADB", Convert.ToHexString(MD5.HashData([.. Archives.Idx([60000, 28, 28], []), .. data.Train.Pixels])));
#pragma warning restore CA5351
    }

    public static TheoryData<byte[], byte[], string> Lies => new()
    {
        { Archives.Idx([2, 2, 2], new byte[7]), Archives.Idx([2], [0, 1]), "ends before the data that its header states" },
        { Archives.Idx([2, 2, 2], new byte[9]), Archives.Idx([2], [0, 1]), "goes on after the 8 bytes" },
        { Archives.Idx([2, 2, 2], new byte[8]), Archives.Idx([3], [0, 1, 1]), "has 3 labels for the 2 images" },
        { Archives.Idx([2, 4], new byte[8]), Archives.Idx([2], [0, 1]), "has shape (2, 4); images are (count, height, width)" },
        { Archives.Idx([2, 2, 2], new byte[8]), Archives.Idx([2, 1], [0, 1]), "has shape (2, 1); labels are (count)" },
        { Archives.Idx([0, 2, 2], []), Archives.Idx([0], []), "holds no images" },
        { Archives.Idx([1_000_000, 40, 40], new byte[64]), Archives.Idx([1], [0]), "states 1600000000 bytes of data, more than the file can hold" },
        { Archives.Idx([-1, -1, -1], []), Archives.Idx([1], [0]), "axis 0 states 4294967295" },
        { [0, 0, 0x0D, 3], [], "has IDX element type 0x0D; unsigned bytes (0x08) are read" },
        { [0, 0, 8, 9], [], "has 9 axes" },
        { [1, 2, 3, 4], [], "is no IDX file" },
        { [0, 0], [], "ends before" },
        { [], [], "ends before" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void FileThatLiesIsRefused(byte[] images, byte[] labels, string expected)
    {
        var (imagesPath, labelsPath) = (_folder.Write("i", images), _folder.Write("l", labels));

        Assert.Contains(expected, Images.InputError(() => IdxFile.Read(imagesPath, labelsPath)), StringComparison.Ordinal);
    }

    [Fact]
    public void GzipThatIsCutOrDamagedIsRefused()
    {
        var labels = _folder.Write("l", Archives.Idx([200], new byte[200]));
        var whole = Archives.Gzip(Archives.Idx([200, 2, 3], Images.Noise(200, height: 2).Pixels));
        var damaged = whole.ToArray();
        damaged[whole.Length / 2] ^= 0x10;

        for (var length = 2; length < whole.Length - 8; length += 50) // the last 8 bytes are gzip's own checksum and length
        {
            var cut = _folder.Write("cut", whole[..length]);
            Assert.StartsWith($"{cut}: ", Images.InputError(() => IdxFile.Read(cut, labels)), StringComparison.Ordinal);
        }
        var broken = _folder.Write("damaged", damaged);
        Assert.StartsWith($"{broken}: ", Images.InputError(() => IdxFile.Read(broken, labels)), StringComparison.Ordinal);
    }

    [Fact]
    public void HeaderOfABombAllocatesNothing()
    {
        var bomb = _folder.Write("i", Archives.Gzip(Archives.Idx([2_000_000, 30, 30], [1, 2, 3])));
        var labels = _folder.Write("l", Archives.Idx([1], [0]));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("more than the file can hold", Images.InputError(() => IdxFile.Read(bomb, labels)), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static byte[] Pack(bool isGzip, byte[] content) => isGzip ? Archives.Gzip(content) : content;
}
