using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class ImagePairsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Pairs_come_apart_as_they_were_joined(int channels)
    {
        var images = Images.Noise(5, channels, classes: 2, group: i => $"p{i / 2}");
        var masks = Binary(5);
        var pairs = ImagePairs.Join(images, masks);
        Assert.Equal(channels + 1, pairs.Shape.Channels);
        Assert.Equal($"{channels}x4x3 with mask", pairs.Shape.ToString());
        Images.AssertEqual(images, ImagePairs.Images(pairs));
        Assert.Equal(masks.Pixels, ImagePairs.Masks(pairs).Pixels);
        Assert.Equal(masks.Image(3), ImagePairs.Mask(pairs, 3));
        Assert.Contains("have no masks", Images.InputError(() => ImagePairs.Masks(images)), StringComparison.Ordinal);
        Assert.Contains("each image has a mask", Images.InputError(() => ImagePairs.Join(images, Binary(4))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Npz_files_and_folders_hold_pairs_as_they_were(int channels)
    {
        using var folder = new TempFolder();
        var pairs = ImagePairs.Join(Images.Noise(6, channels, 8, 8, classes: 2, group: i => $"p{i}"), Binary(6, 8, 8));
        var data = new ImageData(pairs, test: pairs.Subset([4, 1]));
        NpzFile.Write(data, folder["a.npz"]);
        ImageFolder.Write(data, folder["b"]);
        foreach (var read in new[] { ImageData.Open(folder["a.npz"]), ImageData.Open(folder["b"]) })
        {
            Images.AssertEqual(Sorted(data.Train), Sorted(read.Train));
            Images.AssertEqual(Sorted(data.Test!), Sorted(read.Test!));
        }
    }

    [Fact]
    public void A_resized_mask_is_a_mask()
    {
        var pairs = ImagePairs.Join(Images.Noise(3, 1, 8, 8), Binary(3, 8, 8)).Resize(5, 11);
        Assert.True(pairs.Shape.HasMask);
        Assert.All(ImagePairs.Masks(pairs).Pixels, value => Assert.True(value is 0 or 255));
    }

    [Fact]
    public void Grids_show_the_mask_beside_the_image()
    {
        var pairs = ImagePairs.Join(new ImageSet(new ImageShape(3, 1, 2), [1, 2, 3, 4, 5, 6]), new ImageSet(new ImageShape(1, 1, 2), [255, 0]));
        var grid = ImageGrid.Tile(pairs, 1, 1);
        Assert.Equal(new ImageShape(3, 1, 4), grid.Shape);
        Assert.Equal([1, 3, 5, 2, 4, 6, 255, 255, 255, 0, 0, 0], grid.Samples);
    }

    [Fact]
    public void Masks_of_label_numbers_and_of_grey_values_mean_the_same()
    {
        using var folder = new TempFolder();
        var images = Images.Noise(2, 1, 2, 2);
        byte[] numbers = [0, 1, 2, 0], greys = [0, 255, 128, 100];
        Write(folder, "images/0.png", images.Image(0));
        Write(folder, "masks/0.png", numbers);
        Write(folder, "images/1.png", images.Image(1));
        Write(folder, "masks/1.png", greys);
        Assert.Equal([0, 255, 255, 0, 0, 255, 255, 0], ImagePairs.Masks(ImageData.Open(folder.Path).Train).Pixels);
    }

    [Fact]
    public void Pairs_that_do_not_fit_are_refused()
    {
        using var folder = new TempFolder();
        Write(folder, "images/0.png", [1, 2, 3, 4]);
        Directory.CreateDirectory(folder["masks"]);
        Assert.Contains("has no mask", Images.InputError(() => ImageData.Open(folder.Path)), StringComparison.Ordinal);
        folder.Write("masks/0.png", ImageCodec.Encode(Raster.From(Images.Noise(1, 1, 2, 3), 0), ImageFormat.Png));
        Assert.Contains("is 3x2, its image", Images.InputError(() => ImageData.Open(folder.Path)), StringComparison.Ordinal);
        folder.Write("masks/0.jpg", ImageCodec.Encode(Raster.From(Images.Noise(1, 1, 2, 2), 0), ImageFormat.Jpeg));
        Assert.Contains("keep one", Images.InputError(() => ImageData.Open(folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_inspection_tells_images_from_masks()
    {
        var pairs = ImagePairs.Join(new ImageSet(new ImageShape(1, 1, 2), [10, 20, 30, 40]), new ImageSet(new ImageShape(1, 1, 2), [255, 0, 0, 0]));
        var part = DataInspection.Of(new ImageData(pairs)).Parts[0];
        Assert.Equal((10, 40, 25.0), (part.Minimum, part.Maximum, part.Mean));
        Assert.Equal(new MaskInspection(0.25, 1), part.Masks);
    }

    [Fact]
    public void A_folder_of_jpegs_is_read()
    {
        using var folder = new TempFolder();
        var image = new ImageSet(new ImageShape(3, 16, 16), [.. Enumerable.Repeat((byte)90, 3 * 256)]);
        folder.Write("x/1.jpg", ImageCodec.Encode(Raster.From(image, 0), ImageFormat.Jpeg));
        folder.Write("y/1.jpeg", ImageCodec.Encode(Raster.From(image, 0), ImageFormat.Jpeg));
        var set = ImageData.Open(folder.Path).Train;
        Assert.Equal(["x", "y"], set.ClassNames);
        Assert.All(set.Pixels, value => Assert.InRange(value, 89, 91));
    }

    private static ImageSet Binary(int count, int height = 4, int width = 3)
    {
        var masks = Images.Noise(count, 1, height, width, seed: 7);
        return new ImageSet(masks.Shape, Array.ConvertAll(masks.Pixels, value => value < 128 ? (byte)0 : (byte)255));
    }

    /// <summary>In an order that does not depend on how a format orders files.</summary>
    private static ImageSet Sorted(ImageSet set) => set.Subset([.. Enumerable.Range(0, set.Count).OrderBy(i => set.Groups![i])]);

    private static void Write(TempFolder folder, string name, ReadOnlySpan<byte> pixels) =>
        folder.Write(name, ImageCodec.Encode(Raster.From(new ImageSet(new ImageShape(1, 2, 2), pixels.ToArray()), 0), ImageFormat.Png));
}
