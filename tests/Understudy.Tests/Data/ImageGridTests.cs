using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class ImageGridTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ImagesLieRowByRowWithWhiteBetween()
    {
        var set = new ImageSet(new ImageShape(1, 1, 2), [1, 2, 3, 4, 5, 6]);

        var grid = ImageGrid.Tile(set, rows: 2, columns: 2, gap: 1);

        Assert.Equal(new ImageShape(1, 3, 5), grid.Shape);
        Assert.Equal(
            [
                1, 2, 255, 3, 4,
                255, 255, 255, 255, 255,
                5, 6, 255, 255, 255,
            ],
            grid.Samples);
    }

    [Fact]
    public void OfAVolumeFourSlicesStandSideBySide()
    {
        // Eight slices of one pixel: those in the middles of four equal parts are the second, fourth, sixth and eighth.
        var volumes = new ImageSet(new ImageShape(8, 1, 1) { IsVolume = true }, [0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17]);

        var grid = ImageGrid.Tile(volumes, rows: 2, columns: 1, gap: 0);

        Assert.Equal(new ImageShape(1, 2, 4), grid.Shape);
        Assert.Equal([1, 3, 5, 7, 11, 13, 15, 17], grid.Samples);
    }

    [Fact]
    public void PixelsBecomeSquares()
    {
        var grid = ImageGrid.Tile(new ImageSet(new ImageShape(1, 1, 2), [1, 2]), rows: 1, columns: 1, scale: 2);

        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2], grid.Samples);
    }

    [Fact]
    public void PngHoldsTheGridInColour()
    {
        var set = Images.Noise(5, channels: 3);

        ImageGrid.Write(_folder["grids/grid.png"], set, rows: 2, columns: 3, gap: 2, scale: 3);

        var back = ImageCodec.Decode(File.ReadAllBytes(_folder["grids/grid.png"]), "grid.png");
        Assert.Equal(ImageGrid.Tile(set, 2, 3, 2, 3).Samples, back.Samples);
        Assert.Equal(set.Image(4)[0], back.Samples[((4 * 3 + 2) * back.Shape.Width + 3 * 3 + 2) * 3]);
    }
}
