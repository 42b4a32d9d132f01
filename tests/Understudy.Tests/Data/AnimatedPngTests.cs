using System.Buffers.Binary;
using System.Text;
using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class AnimatedPngTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_file_holds_every_frame_and_shows_the_first_where_nothing_plays(int channels)
    {
        var images = Images.Noise(4, channels, 9, 7);
        Raster[] frames = [.. Enumerable.Range(0, 4).Select(i => Raster.From(images, i))];
        var file = AnimatedPng.Encode(frames, 80);
        Assert.Equal(frames[0].Samples, ImageCodec.Decode(file, "animation").Samples); // checks every chunk's checksum too

        var chunks = Chunks(file).ToArray();
        Assert.Equal(4, BinaryPrimitives.ReadInt32BigEndian(chunks.Single(c => c.Type == "acTL").Data));
        Assert.Equal(Enumerable.Range(0, 7), chunks.Where(c => c.Type is "fcTL" or "fdAT").Select(c => BinaryPrimitives.ReadInt32BigEndian(c.Data)));
        Assert.Equal(80, BinaryPrimitives.ReadInt16BigEndian(chunks.First(c => c.Type == "fcTL").Data.AsSpan(20)));
        // The data of a later frame are those of the frame's own file.
        var own = Chunks(ImageCodec.Encode(frames[2], ImageFormat.Png)).Single(c => c.Type == "IDAT").Data;
        Assert.Equal(own, chunks.Where(c => c.Type == "fdAT").ElementAt(1).Data[4..]);
    }

    [Fact]
    public void Frames_of_different_shapes_are_refused() =>
        Assert.Throws<ArgumentException>(() => AnimatedPng.Encode([Raster.From(Images.Noise(1), 0), Raster.From(Images.Noise(1, 1, 5, 5), 0)], 50));

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            yield return (Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }
    }
}
