using Understudy.Data;

namespace Understudy.Tests.Data;

/// <summary>Every kind of PNG, JPEG and TIFF is read as what it shows, or refused in one line.</summary>
public sealed class ImageKindsTests
{
    // 16x8 by OpenCV and libjpeg at quality 95: the left half (200, 30, 20), the right half (10, 60, 180); as inks cyan to black (0, 220, 220, 20) and
    // (200, 100, 0, 20), which Adobe's programs store inverted and say so.
    private const string Progressive = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/2wBDAQICAgICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgr/wgARCAAIABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAYH/8QAFAEBAAAAAAAAAAAAAAAAAAAABv/aAAwDAQACEAMQAAABx+VETP8A/8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgBAQABBQI//8QAGBEAAgMAAAAAAAAAAAAAAAAAAAdEg8P/2gAIAQMBAT8BdsC3M//EABgRAAIDAAAAAAAAAAAAAAAAAAAHRIPC/9oACAECAQE/AVHNr2f/xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAY/Aj//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAE/IT//2gAMAwEAAgADAAAAEAP/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAEDAQE/EG//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAECAQE/EF//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAE/ED//2Q==";
    private const string Inks = "/9j/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/wAAUCAAIABAEQxEATREAWREASxEA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oADgRDAE0AWQBLAAA/AP5/6/XCv1wr8T6/sgr8H6/iPor/2Q==";
    private const string AdobeInks = "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCgwJCgoK/8AAFAgACAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9/K/IuvyLr9rK/jfr94K/twor/9k=";

    private static readonly byte[] Palette = [255, 0, 0, 0, 128, 0, 10, 20, 30];

    [Fact]
    public void PaletteComesAsItsColours()
    {
        var image = Decode(Pngs.Make(4, 8, Pngs.Palette, [[0, 1, 2, 1]], ("PLTE", Palette)));

        Assert.Equal(new ImageShape(3, 1, 4), image.Shape);
        Assert.Equal([255, 0, 0, 0, 128, 0, 10, 20, 30, 0, 128, 0], image.Samples);
        Assert.Equal(
            "x: the image has transparent pixels; flatten it onto a background first",
            Images.InputError(() => Decode(Pngs.Make(4, 8, Pngs.Palette, [[0, 1, 2, 1]], ("PLTE", Palette), ("tRNS", [255, 0])))));
    }

    [Theory]
    [InlineData(1, new byte[] { 0b1010_0000 }, new[] { 255, 0, 255, 0 })]
    [InlineData(2, new byte[] { 0b00_01_10_11 }, new[] { 0, 85, 170, 255 })]
    [InlineData(4, new byte[] { 0x0F, 0x3C }, new[] { 0, 255, 51, 204 })]
    public void FewBitsAreSpreadOverAllOfAByte(byte bits, byte[] row, int[] samples)
    {
        var image = Decode(Pngs.Make(4, bits, Pngs.Grey, [row]));

        Assert.Equal((new ImageShape(1, 1, 4), 8), (image.Shape, image.Bits));
        Assert.Equal(samples, image.Samples.Select(sample => (int)sample));
    }

    [Fact]
    public void OpaqueAlphaBesideGreyIsDroppedAndTransparencyRefused()
    {
        Assert.Equal([10, 10, 10, 20, 20, 20], Decode(Pngs.Make(2, 8, Pngs.GreyAlpha, [[10, 255, 20, 255]])).Samples);
        Assert.Contains("transparent pixels", Images.InputError(() => Decode(Pngs.Make(2, 8, Pngs.GreyAlpha, [[10, 255, 20, 100]]))), StringComparison.Ordinal);
    }

    [Fact]
    public void ProgressiveJpegIsReadWhole() => AssertHalves(Decode(Convert.FromBase64String(Progressive)), (200, 30, 20), (10, 60, 180));

    [Fact]
    public void InksAreReadWhereTheFileSaysHowTheyAreStored()
    {
        AssertHalves(Decode(Convert.FromBase64String(AdobeInks)), (235, 32, 32), (51, 143, 235));
        Assert.Equal(
            "x: the JPEG has inks (CMYK), and does not say whether 0 is no ink or full; convert it to RGB",
            Images.InputError(() => Decode(Convert.FromBase64String(Inks))));
    }

    [Theory]
    [InlineData(1, 3, 2, new[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(2, 3, 2, new[] { 3, 2, 1, 6, 5, 4 })]
    [InlineData(3, 3, 2, new[] { 6, 5, 4, 3, 2, 1 })]
    [InlineData(4, 3, 2, new[] { 4, 5, 6, 1, 2, 3 })]
    [InlineData(5, 2, 3, new[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(6, 2, 3, new[] { 4, 1, 5, 2, 6, 3 })]
    [InlineData(7, 2, 3, new[] { 6, 3, 5, 2, 4, 1 })]
    [InlineData(8, 2, 3, new[] { 3, 6, 2, 5, 1, 4 })]
    [InlineData(9, 3, 2, new[] { 1, 2, 3, 4, 5, 6 })] // makes no sense
    public void TurnedImagesAreTurnedBack(byte orientation, int width, int height, int[] samples)
    {
        foreach (var isLittle in new[] { false, true })
        {
            var image = Decode(Pngs.Make(3, 8, Pngs.Grey, [[1, 2, 3], [4, 5, 6]], ("eXIf", Exif(orientation, isLittle))));

            Assert.Equal(new ImageShape(1, height, width), image.Shape);
            Assert.Equal(samples, image.Samples.Select(sample => (int)sample));
        }
    }

    [Fact]
    public void OrientationOfAJpegIsFoundInItsHeader()
    {
        var file = Convert.FromBase64String(Progressive);
        byte[] note = [.. "Exif\0\0"u8, .. Exif(6, isLittle: false)];
        byte[] turned = [.. file[..2], 0xFF, 0xE1, 0, (byte)(note.Length + 2), .. note, .. file[2..]];

        var (upright, image) = (Decode(file), Decode(turned));

        Assert.Equal(new ImageShape(3, 16, 8), image.Shape);
        Assert.Equal(upright.Samples[..3], image.Samples[(3 * 7)..(3 * 8)]); // the upper left corner is at the upper right now
    }

    [Fact]
    public void NotesThatAreCutShortAreNoOrientation()
    {
        var exif = Exif(6, isLittle: true);
        for (var length = 0; length < exif.Length - 4; length++)
            Assert.Equal([1, 2, 3], Decode(Pngs.Make(3, 8, Pngs.Grey, [[1, 2, 3]], ("eXIf", exif[..length]))).Samples);
    }

    [Theory]
    [InlineData("GIF89a")]
    [InlineData("RIFF....WEBPVP8 ")]
    [InlineData("")]
    [InlineData("hello")]
    public void OtherFormatsUnderAnImagesNameAreToldWithTheFile(string content)
    {
        using var folder = new TempFolder();
        var file = folder.Write("images/a.png", content);

        Assert.Equal($"{file}: the content is no PNG, JPEG or TIFF; convert or remove the file", Images.InputError(() => ImageData.Open(folder["images"])));
    }

    private static Raster Decode(byte[] file) => ImageCodec.Decode(file, "x");

    /// <summary>A directory of one entry, the orientation.</summary>
    private static byte[] Exif(byte orientation, bool isLittle) => isLittle
        ? [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
        : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];

    private static void AssertHalves(Raster image, (int Red, int Green, int Blue) left, (int Red, int Green, int Blue) right)
    {
        Assert.Equal(new ImageShape(3, 8, 16), image.Shape);
        foreach (var (x, (red, green, blue)) in new[] { (2, left), (13, right) })
        {
            var at = ((4 * 16) + x) * 3;
            Assert.InRange(image.Samples[at], red - 4, red + 4);
            Assert.InRange(image.Samples[at + 1], green - 4, green + 4);
            Assert.InRange(image.Samples[at + 2], blue - 4, blue + 4);
        }
    }
}
