using FsCheck;
using FsCheck.Fluent;
using Understudy.Data;

namespace Understudy.Tests.Data;

/// <summary>Whatever happens to a file, reading it gives a set or one line, never another error.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OfNpz()
    {
        NpzFile.Write(Images.Noise(20, classes: 3, group: i => $"g{i / 3}"), _folder["a.npz"]);
        Check(File.ReadAllBytes(_folder["a.npz"]), "a.npz", () => ImageData.Open(_folder["a.npz"]));
    }

    [Fact]
    public void OfNpzThatIsNotCompressed()
    {
        var zip = Archives.Zip(
            System.IO.Compression.CompressionLevel.NoCompression,
            ("images.npy", Archives.Npy("|u1", "5, 2, 2", new byte[20])),
            ("labels.npy", Archives.Npy(">i2", "5, 1", [0, 0, 0, 1, 0, 0, 0, 1, 0, 2])));
        Check(zip, "a.npz", () => ImageData.Open(_folder["a.npz"]));
    }

    [Fact]
    public void OfIdx()
    {
        _folder.Write("labels", Archives.Idx([30], new byte[30]));
        Check(Archives.Idx([30, 2, 3], Images.Noise(30, height: 2).Pixels), "images", () => IdxFile.Read(_folder["images"], _folder["labels"]));
    }

    [Fact]
    public void OfGzippedIdx()
    {
        _folder.Write("labels", Archives.Idx([30], new byte[30]));
        Check(Archives.Gzip(Archives.Idx([30, 2, 3], Images.Noise(30, height: 2).Pixels)), "images", () => IdxFile.Read(_folder["images"], _folder["labels"]));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Tiff)]
    public void OfImages(ImageFormat format)
    {
        var file = ImageCodec.Encode(Raster.From(Images.Noise(1, 3, 12, 10), 0), format);
        Check(file, "a/image", () => ImageFolder.Read(_folder.Path));
    }

    [Fact]
    public void OfLists()
    {
        _folder.Write("a.png", ImageCodec.Encode(Raster.From(Images.Noise(1), 0), ImageFormat.Png));
        Check("file,label,group\na.png,\"x, y\",p1\n"u8.ToArray(), "labels.csv", () => ImageFolder.Read(_folder.Path));
    }

    private void Check(byte[] valid, string name, Func<object> read)
    {
        _folder.Write(name, valid);
        read(); // what is damaged below is whole

        var damage = Gen.Zip(Gen.Choose(0, valid.Length - 1), Gen.Choose(0, 255)).ListOf().Where(list => list.Count <= 8);
        var cases = Gen.Zip(damage, Gen.Frequency((3, Gen.Constant(valid.Length)), (1, Gen.Choose(0, valid.Length)))).ToArbitrary();
        Prop.ForAll(cases, made =>
        {
            var (changes, length) = made;
            var file = valid.ToArray();
            foreach (var (at, value) in changes) file[at] = (byte)value;
            _folder.Write(name, file[..length]);
            try
            {
                return read() is not null;
            }
            catch (InputException e)
            {
                return !e.Message.Contains('\n', StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithQuietOnSuccess(true).WithReplay(new Replay(new Rnd(20260101, 1), null)));
    }
}
