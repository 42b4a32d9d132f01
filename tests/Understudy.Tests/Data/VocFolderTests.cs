using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class VocFolderTests
{

    [Fact]
    public void A_box_becomes_the_ellipse_within_it()
    {
        using var folder = new TempFolder();
        Write(folder, "a", Box(12));
        var set = ImageData.Open(folder.Path).Train;
        Assert.Equal("3x16x16 with mask", set.Shape.ToString());
        var mask = ImagePairs.Mask(set, 0);
        // π a b = π · 5 · 3; nothing outside the box, its corners free, its centre filled.
        Assert.InRange(mask.Count(byte.MaxValue), 44, 50);
        Assert.Equal([0, 255, 0, 255], [mask[1 * 16 + 2], mask[4 * 16 + 7], mask[0 * 16 + 7], mask[4 * 16 + 2]]);
        for (var i = 0; i < mask.Length; i++) Assert.True(mask[i] == 0 || i / 16 is >= 1 and < 7 && i % 16 is >= 2 and < 12);
    }

    [Fact]
    public void Lists_divide_the_images()
    {
        using var folder = new TempFolder();
        foreach (var name in new[] { "a", "b", "c" }) Write(folder, name, "<annotation/>");
        folder.Write("ImageSets/Main/train.txt", "b\nc\n");
        folder.Write("ImageSets/Main/test.txt", "a\n");
        var data = ImageData.Open(folder.Path, size: 8);
        Assert.Equal((2, 1), (data.Train.Count, data.Test!.Count));
        folder.Write("ImageSets/Main/test.txt", "a\nd\n");
        Assert.Contains("test.txt, line 2: there is no ", Images.InputError(() => ImageData.Open(folder.Path)), StringComparison.Ordinal);
        folder.Write("ImageSets/Main/test.txt", "../a\n");
        Assert.Contains("is no name of an image", Images.InputError(() => ImageData.Open(folder.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<annotation>", "is no valid XML")]
    [InlineData("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "is no valid XML")]
    [InlineData("<a><bndbox><xmin>2</xmin></bndbox></a>", "no whole number as ymin")]
    public void Annotations_that_are_none_are_refused(string xml, string message)
    {
        using var folder = new TempFolder();
        Write(folder, "a", xml);
        Assert.Contains(message, Images.InputError(() => ImageData.Open(folder.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(1)]
    public void A_box_outside_its_image_is_refused(int right)
    {
        using var folder = new TempFolder();
        Write(folder, "a", Box(right));
        Assert.Contains("box 0 is (2, 1) to", Images.InputError(() => ImageData.Open(folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_blood_cells_become_pairs()
    {
        var path = Shared.Find("../shared/data/bccd");
        if (path is null) Assert.Skip("the blood cells are not beside the repository");
        var data = ImageData.Open(path, size: 64);
        Assert.Equal((205, 87, 72), (data.Train.Count, data.Val!.Count, data.Test!.Count));
        Assert.Equal("3x64x64 with mask", data.Train.Shape.ToString());
        Assert.InRange(DataInspection.Of(data).Parts[0].Masks!.Foreground, 0.3, 0.8);
        // Cells are darker than the ground, which lets light through.
        var set = data.Train;
        var (inside, outside) = (new List<double>(), new List<double>());
        for (var i = 0; i < set.Count; i++)
        {
            var mask = ImagePairs.Mask(set, i);
            for (var p = 0; p < mask.Length; p++) (mask[p] > 0 ? inside : outside).Add(set.Image(i)[p + mask.Length]); // green
        }
        Assert.True(inside.Average() < outside.Average() - 20);
    }

    private static string Box(int right) => $"<annotation><object><bndbox><xmin>2</xmin><ymin>1</ymin><xmax>{right}</xmax><ymax>7</ymax></bndbox></object></annotation>";

    private static void Write(TempFolder folder, string name, string xml)
    {
        var image = Images.Noise(1, 3, 16, 16);
        folder.Write($"JPEGImages/{name}.jpg", ImageCodec.Encode(Raster.From(image, 0), ImageFormat.Jpeg));
        folder.Write($"Annotations/{name}.xml", xml);
    }
}
