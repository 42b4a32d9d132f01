using System.Buffers.Binary;
using System.IO.Compression;
using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class NiftiFileTests
{
    [Theory]
    [InlineData(2, 8, false)]
    [InlineData(256, 8, true)]
    [InlineData(4, 16, false)]
    [InlineData(4, 16, true)]
    [InlineData(512, 16, true)]
    [InlineData(8, 32, false)]
    [InlineData(768, 32, true)]
    [InlineData(16, 32, false)]
    [InlineData(16, 32, true)]
    [InlineData(64, 64, true)]
    public void Every_type_is_read_in_both_byte_orders(short type, short bits, bool isBigEndian)
    {
        using var folder = new TempFolder();
        var nifti = new Nifti(type, bits, isBigEndian) { Slope = 2, Intercept = -1 };
        foreach (var path in new[] { folder.Write("a.nii", nifti.Bytes()), folder.Write("a.nii.gz", Gzip(nifti.Bytes())) })
        {
            var volume = NiftiFile.Read(path);
            Assert.Equal((4, 3, 2), (volume.Width, volume.Height, volume.Depth));
            Assert.Equal(Enumerable.Range(0, 24).Select(v => 2f * v - 1), volume.Values);
        }
    }

    [Fact]
    public void A_slope_of_zero_means_none_and_voxels_may_start_later()
    {
        using var folder = new TempFolder();
        var volume = NiftiFile.Read(folder.Write("a.nii", new Nifti(2, 8, false) { Slope = 0, Intercept = 7, Offset = 368 }.Bytes()));
        Assert.Equal(Enumerable.Range(0, 24).Select(v => (float)v), volume.Values);
    }

    [Fact]
    public void Slices_lie_across_their_axis()
    {
        var volume = new Volume(4, 3, 2, [.. Enumerable.Range(0, 24).Select(v => (float)v)]); // x + 4 y + 12 z
        Assert.Equal((3, 4), Size(volume.Slice(SliceAxis.Axial, 1)));
        Assert.Equal([12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23], volume.Slice(SliceAxis.Axial, 1).Values);
        Assert.Equal((2, 4), Size(volume.Slice(SliceAxis.Coronal, 2)));
        Assert.Equal([8, 9, 10, 11, 20, 21, 22, 23], volume.Slice(SliceAxis.Coronal, 2).Values);
        Assert.Equal((2, 3), Size(volume.Slice(SliceAxis.Sagittal, 3)));
        Assert.Equal([3, 7, 11, 15, 19, 23], volume.Slice(SliceAxis.Sagittal, 3).Values);
        Assert.Equal((2, 3, 4), (volume.SliceCount(SliceAxis.Axial), volume.SliceCount(SliceAxis.Coronal), volume.SliceCount(SliceAxis.Sagittal)));
    }

    public static TheoryData<string, string> Lies() => new()
    {
        { "size", "no NIfTI file (sizeof_hdr is 349, not 348)" },
        { "nifti-2", "NIfTI-2" },
        { "magic", "its magic is 00000000" },
        { "pair", "pair of files" },
        { "no axes", "dim[0] 0" },
        { "eight axes", "dim[0] 8" },
        { "two axes", "2 axes" },
        { "empty axis", "dim[2] 0" },
        { "negative axis", "dim[2] -3" },
        { "series", "5 volumes along axis 4" },
        { "huge", "at most" },
        { "type", "datatype 128" },
        { "bits", "bitpix 16 for datatype 2" },
        { "early", "vox_offset 300" },
        { "fraction", "vox_offset 352.5" },
        { "no offset", "vox_offset NaN" },
        { "slope", "scl_slope NaN" },
        { "short", "ends before the voxels" },
        { "long", "goes on after the 24 bytes" },
        { "more than there is", "more than the file can hold" },
        { "late", "more than the file can hold" },
        { "header alone", "a NIfTI header has 348" },
        { "nothing", "has 0 bytes" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_header_that_lies_is_refused_in_one_line(string lie, string message)
    {
        var nifti = new Nifti(2, 8, false);
        switch (lie)
        {
            case "bits": nifti = new Nifti(2, 16, false); break;
            case "type": nifti = new Nifti(128, 24, false); break;
            case "slope": nifti.Slope = float.NaN; break;
            case "early": nifti.Offset = 300; break;
            case "no axes": nifti.Dimensions[0] = 0; break;
            case "eight axes": nifti.Dimensions[0] = 8; break;
            case "two axes": nifti.Dimensions[0] = 2; break;
            case "empty axis": nifti.Dimensions[2] = 0; break;
            case "negative axis": nifti.Dimensions[2] = -3; break;
            case "series": (nifti.Dimensions[0], nifti.Dimensions[4]) = (4, 5); break;
            case "huge": (nifti.Dimensions[1], nifti.Dimensions[2], nifti.Dimensions[3]) = (32767, 32767, 32767); break;
            case "more than there is": nifti.Dimensions[1] = 4000; break;
        }
        var bytes = nifti.Bytes();
        switch (lie)
        {
            case "size": bytes[0] = 93; break;
            case "nifti-2": BinaryPrimitives.WriteInt32LittleEndian(bytes, 540); break;
            case "magic": bytes.AsSpan(344, 4).Clear(); break;
            case "pair": bytes[345] = (byte)'i'; break;
            case "fraction": BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(108), 352.5f); break;
            case "no offset": BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(108), float.NaN); break;
            case "late": BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(108), 1e6f); break;
            case "short": bytes = bytes[..370]; break;
            case "long": bytes = [.. bytes, 1]; break;
            case "header alone": bytes = bytes[..200]; break;
            case "nothing": bytes = []; break;
        }
        using var folder = new TempFolder();
        // A gzip file's length says nothing of what is in it, so that what ends early shows there.
        var path = lie == "short" ? folder.Write("a.nii.gz", Gzip(bytes)) : folder.Write("a.nii", bytes);
        var error = Images.InputError(() => NiftiFile.Read(path));
        Assert.StartsWith(path, error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_gzip_and_voxels_that_are_no_number_are_refused()
    {
        using var folder = new TempFolder();
        var packed = Gzip(new Nifti(2, 8, false).Bytes());
        packed[30] ^= 0xFF;
        Assert.Contains("a.nii.gz: ", Images.InputError(() => NiftiFile.Read(folder.Write("a.nii.gz", packed))), StringComparison.Ordinal);
        var bytes = new Nifti(16, 32, false).Bytes();
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(352 + 4 * 17), float.NaN);
        Assert.Contains("voxel at (1, 1, 1) is NaN", Images.InputError(() => NiftiFile.Read(folder.Write("b.nii", bytes))), StringComparison.Ordinal);
        Assert.Contains("no such file", Images.InputError(() => NiftiFile.Read(folder["c.nii"])), StringComparison.Ordinal);
    }

    private static (int, int) Size((int Height, int Width, float[] Values) slice) => (slice.Height, slice.Width);

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest)) gzip.Write(bytes);
        return target.ToArray();
    }
}
