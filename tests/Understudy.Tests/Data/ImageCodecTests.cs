using System.Buffers.Binary;
using Understudy.Data;

namespace Understudy.Tests.Data;

public class ImageCodecTests
{
    // Made with Python's zlib and struct from the values that the tests name.
    private const string RedAndDark = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR42mP4z8DAyMQMAAYLAQa9cCVqAAAAAElFTkSuQmCC";
    private const string Grey16 = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACEAAAAAAHTY67AAAAEklEQVR42mNgYGBkZGBs/P8fAASbAoNRhmyIAAAAAElFTkSuQmCC";
    private const string Opaque = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mPg5GD/DwABTgEY9sEn1wAAAABJRU5ErkJggg==";
    private const string Translucent = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mPg5GD/BwABTQEXiGsGcgAAAABJRU5ErkJggg==";
    private const string Bomb = "iVBORw0KGgoAAAANSUhEUgAA6mAAAOpgCAAAAACluSqeAAAAEUlEQVR42mNgGAWjYBQMdwAAA+gAAc5JTFgAAAAASUVORK5CYII=";

    [Fact]
    public void ColoursComeAsRedGreenBlue()
    {
        var image = Decode(RedAndDark);

        Assert.Equal(new ImageShape(3, 1, 2), image.Shape);
        Assert.Equal([255, 0, 0, 1, 2, 3], image.Samples);
        Assert.Equal(new byte[] { 255, 1, 0, 2, 0, 3 }, image.ToPlanes());
    }

    [Fact]
    public void SixteenBitsAreKeptAndScaledBy257ForASet()
    {
        var image = Decode(Grey16);

        Assert.Equal(16, image.Bits);
        Assert.Equal([0, 257, 385, 65535], image.Samples);
        Assert.Equal(new byte[] { 0, 1, 1, 255 }, image.ToPlanes()); // 385 / 257 = 1.498
    }

    [Fact]
    public void OpaqueAlphaIsDroppedAndTransparencyRefused()
    {
        Assert.Equal([9, 8, 7], Decode(Opaque).Samples);
        Assert.Equal("x: the image has transparent pixels; flatten it onto a background first", Images.InputError(() => Decode(Translucent)));
    }

    [Theory]
    [InlineData(ImageFormat.Png, 1, 8)]
    [InlineData(ImageFormat.Png, 3, 8)]
    [InlineData(ImageFormat.Png, 1, 16)]
    [InlineData(ImageFormat.Png, 3, 16)]
    [InlineData(ImageFormat.Tiff, 1, 8)]
    [InlineData(ImageFormat.Tiff, 3, 8)]
    [InlineData(ImageFormat.Tiff, 1, 16)]
    [InlineData(ImageFormat.Tiff, 3, 16)]
    public void LosslessFormatsGiveBackWhatTheyTook(ImageFormat format, int channels, int bits)
    {
        var image = Noise(channels, bits);

        var back = ImageCodec.Decode(ImageCodec.Encode(image, format), "x");

        Assert.Equal((image.Shape, image.Bits), (back.Shape, back.Bits));
        Assert.Equal(image.Samples, back.Samples);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void JpegGivesBackNearlyWhatItTook(int channels)
    {
        var samples = Enumerable.Range(0, 32 * 32 * channels).Select(i => (ushort)(i / channels % 32 * 4 + i % channels * 40)).ToArray();
        var image = new Raster(new ImageShape(channels, 32, 32), 8, samples);

        var back = ImageCodec.Decode(ImageCodec.Encode(image, ImageFormat.Jpeg), "x");

        Assert.Equal(image.Shape, back.Shape);
        Assert.All(image.Samples.Zip(back.Samples), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 6));
    }

    [Fact]
    public void JpegHoldsEightBitsOnly() =>
        Assert.Contains("8 bits", Assert.Throws<ArgumentException>(() => ImageCodec.Encode(Noise(1, 16), ImageFormat.Jpeg)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Tiff)]
    public void FileCutShortAnywhereIsRefused(ImageFormat format)
    {
        var file = ImageCodec.Encode(Noise(3, 8), format);

        for (var length = 0; length < file.Length - 1; length += 1 + length / 8)
            Assert.StartsWith("x: ", Images.InputError(() => ImageCodec.Decode(file.AsSpan(0, length), "x")), StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedPngIsRefused()
    {
        var file = ImageCodec.Encode(Noise(1, 8), ImageFormat.Png);
        file[50] ^= 1;

        Assert.Equal("x: the PNG is damaged (a checksum is wrong); make it anew", Images.InputError(() => ImageCodec.Decode(file, "x")));
    }

    [Fact]
    public void JpegWhoseCodedDataAreDamagedIsRefusedRatherThanFilledWithGrey()
    {
        var file = ImageCodec.Encode(Noise(1, 8), ImageFormat.Jpeg);
        file.AsSpan(file.Length - 40, 20).Clear(); // within the coded data, which end two bytes before the file

        Assert.Equal("x: the image is damaged or of a kind that is not read", Images.InputError(() => ImageCodec.Decode(file, "x")));
    }

    [Fact]
    public void SizeIsRefusedBeforePixelsAreAllocated()
    {
        var tiff = ImageCodec.Encode(Noise(1, 8), ImageFormat.Tiff);
        var jpeg = ImageCodec.Encode(Noise(1, 8), ImageFormat.Jpeg);
        var directory = BinaryPrimitives.ReadInt32LittleEndian(tiff.AsSpan(4));
        BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(directory + 2 + 8), 60000); // the first entry is the width
        jpeg.AsSpan(jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5, 4).Fill(0xFF);

        Assert.Equal("x: the image is 60000x60000 pixels; the limit is 8192x8192", Images.InputError(() => Decode(Bomb)));
        Assert.Contains("the limit is 8192x8192", Images.InputError(() => ImageCodec.Decode(tiff, "x")), StringComparison.Ordinal);
        Assert.Contains("the image is 65535x65535", Images.InputError(() => ImageCodec.Decode(jpeg, "x")), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherContentIsRefused()
    {
        Assert.Equal("x: the content is no PNG, JPEG or TIFF", Images.InputError(() => ImageCodec.Decode("BM and more"u8, "x")));
        Assert.Equal("x: the content is no PNG, JPEG or TIFF", Images.InputError(() => ImageCodec.Decode([], "x")));
    }

    private static Raster Decode(string base64) => ImageCodec.Decode(Convert.FromBase64String(base64), "x");

    private static Raster Noise(int channels, int bits)
    {
        var random = new Random(5);
        var shape = new ImageShape(channels, 9, 14);
        return new Raster(shape, bits, [.. Enumerable.Range(0, shape.Length).Select(_ => (ushort)random.Next(1 << bits))]);
    }
}
