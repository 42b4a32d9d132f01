using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class ImageAttributesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_column_of_two_values_becomes_the_class()
    {
        var images = WithList("file,smiling,hat,group\n0.png,1,red,a\n1.png,-1,blue,a\n2.png,1,red,b\n");
        var smiling = ImageFolder.ReadAttribute(_folder.Path, "smiling").Train;
        Assert.Equal(images.Pixels, smiling.Pixels);
        Assert.Equal([1, 0, 1], smiling.Labels!);
        Assert.Equal(["not smiling", "smiling"], smiling.ClassNames);
        Assert.Equal(["a", "a", "b"], smiling.Groups!);
        var hat = ImageFolder.ReadAttribute(_folder["attributes.csv"], "hat").Train;
        Assert.Equal(["blue", "red"], hat.ClassNames);
        Assert.Equal([1, 0, 1], hat.Labels!);
    }

    [Theory]
    [InlineData("file,smiling\n0.png,1\n1.png,0\n", "smilng", "did you mean 'smiling'?")]
    [InlineData("file,age\n0.png,1\n1.png,2\n2.png,3\n", "age", "has 3 values")]
    [InlineData("file,smiling\n0.png,1\n1.png,\n", "smiling", "line 3: has no smiling")]
    [InlineData("file,smiling\n0.png,1\n9.png,0\n", "smiling", "9.png")]
    public void What_is_wrong_with_a_list_is_said_in_one_line(string list, string attribute, string expected)
    {
        WithList(list);
        Assert.Contains(expected, Images.InputError(() => ImageFolder.ReadAttribute(_folder.Path, attribute)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_list_says_which_is_missing() =>
        Assert.Contains("attributes.csv: there is no such list", Images.InputError(() => ImageFolder.ReadAttribute(_folder.Path, "smiling")), StringComparison.Ordinal);

    private ImageSet WithList(string list)
    {
        var images = Images.Noise(3);
        for (var i = 0; i < 3; i++) _folder.Write($"{i}.png", ImageCodec.Encode(Raster.From(images, i), ImageFormat.Png));
        _folder.Write("attributes.csv", list);
        return images;
    }
}
