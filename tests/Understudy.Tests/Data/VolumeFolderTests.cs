using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class VolumeFolderTests
{
    [Fact]
    public void A_volume_becomes_slices_with_masks_and_its_name_as_group()
    {
        using var folder = new TempFolder();
        // Foreground of the four axial slices: 0, 1, 6 and 8 of 16 pixels; a quarter of the most is 2.
        Write(folder, "images/p1.nii", 2, [.. Enumerable.Range(0, 64).Select(v => (double)v)]);
        Write(folder, "labels/p1.nii", 2, [.. Enumerable.Range(0, 64).Select(v => (v / 16) switch { 0 => 0, 1 => v % 16 < 1 ? 1 : 0, 2 => v % 16 < 6 ? 2 : 0, _ => v % 16 < 8 ? 1 : 0.0 })]);
        Write(folder, "images/p2.nii", 1, [.. Enumerable.Range(0, 64).Select(v => 1e6 * v)]);
        Write(folder, "labels/p2.nii", 1, [.. Enumerable.Range(0, 64).Select(_ => 1.0)]);
        var set = ImageData.Open(folder.Path, slices: new VolumeSlices { Count = 2 }).Train;
        Assert.Equal("1x4x4 with mask", set.Shape.ToString());
        Assert.Equal(["p1", "p1", "p2", "p2"], set.Groups!);
        Assert.Equal([6, 8, 16, 16], Enumerable.Range(0, 4).Select(i => ImagePairs.Mask(set, i).Count(byte.MaxValue)));
        // Quantiles of 64 values: the least and the last but one; volume 2 differs in scale alone.
        Assert.Equal((byte)Math.Round(255 * 32 / 62.0), set.Image(0)[0]);
        Assert.Equal(byte.MaxValue, set.Image(1)[15]);
        Assert.Equal((byte)Math.Round(255 * 16 / 62.0), set.Image(2)[0]);
    }

    [Fact]
    public void Slices_of_several_sizes_need_one_size_to_be_named()
    {
        using var folder = new TempFolder();
        Write(folder, "a.nii", 1, new double[64]);
        folder.Write("b.nii", new Nifti(2, 8, false).Bytes());
        Assert.Contains("--size", Images.InputError(() => ImageData.Open(folder.Path)), StringComparison.Ordinal);
        var set = ImageData.Open(folder.Path, size: 8).Train;
        Assert.Equal(new ImageShape(1, 8, 8), set.Shape);
        Assert.Equal(["a", "a", "a", "a", "b", "b"], set.Groups!);
        Assert.Equal(2, ImageData.Open(folder["b.nii"]).Train.Count);
    }

    [Fact]
    public void Labels_that_do_not_belong_to_their_volume_are_refused()
    {
        using var folder = new TempFolder();
        Write(folder, "imagesTr/p.nii", 1, new double[64]);
        Directory.CreateDirectory(folder["labelsTr"]);
        Assert.Contains("has no labels", Images.InputError(() => ImageData.Open(folder.Path)), StringComparison.Ordinal);
        Write(folder, "labelsTr/p.nii", 1, new double[64]);
        Assert.Contains("labels nothing", Images.InputError(() => ImageData.Open(folder.Path)), StringComparison.Ordinal);
        folder.Write("labelsTr/p.nii", new Nifti(2, 8, false).Bytes());
        Assert.Contains("has 4x3x2 voxels, its image", Images.InputError(() => ImageData.Open(folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_hippocampus_volumes_become_pairs_of_260_patients()
    {
        var path = Shared.Find("../shared/data/msd-hippocampus");
        if (path is null) Assert.Skip("the hippocampus volumes are not beside the repository");
        var set = ImageData.Open(path, size: 64, slices: new VolumeSlices { Count = 1 }).Train;
        Assert.Equal("1x64x64 with mask", set.Shape.ToString());
        Assert.Equal(260, set.Groups!.Distinct().Count());
        Assert.Equal(260, set.Count);
        Assert.All(Enumerable.Range(0, set.Count), i => Assert.InRange(ImagePairs.Mask(set, i).Count(byte.MaxValue), 100, 2000));
        Assert.All(ImagePairs.Masks(set).Pixels, value => Assert.True(value is 0 or 255));
    }

    private static void Write(TempFolder folder, string name, float slope, double[] values)
    {
        var stored = Array.ConvertAll(values, value => value / slope);
        folder.Write(name, new Nifti(64, 64, true) { Dimensions = [3, 4, 4, 4, 1, 1, 1, 1], Slope = slope, Values = stored }.Bytes());
    }
}
