using System.Buffers.Binary;
using Understudy.Data;
using Understudy.Data.Formats;

namespace Understudy.Tests.Data.Formats;

public sealed class ExpansionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1_000_000, 200_000_000)] // not large
    [InlineData(300_000, 1L << 28)] // empty masks, 895-fold
    [InlineData(5_000_000, 1_000_000_000)] // 200-fold
    public void WhatDataMayDoIsRead(long compressed, long expanded) => Expansion.Check("x", compressed, expanded, "unpack them");

    [Theory]
    [InlineData(1_045_000, 1L << 30, "x: 1045000 bytes expand to 1073741824, 1027-fold, as those of a zip bomb do; above 268435456 bytes at most 200-fold is read; if the data are sound, unpack them")]
    [InlineData(4_000_000, 1_000_000_000, "x: 4000000 bytes expand to 1000000000, 250-fold, as those of a zip bomb do; above 268435456 bytes at most 200-fold is read; if the data are sound, unpack them")]
    [InlineData(1000, 10_000_000, "x: states 10000000 bytes of data, more than the file can hold (1000 compressed bytes)")]
    public void ABombIsRefused(long compressed, long expanded, string message) =>
        Assert.Equal(message, Images.InputError(() => Expansion.Check("x", compressed, expanded, "unpack them")));

    [Fact]
    public void BombsOfEachFormatAreRefusedBeforeTheyAreUnpacked()
    {
        var noise = Images.Noise(1, height: 600, width: 2000).Pixels; // 1.2 MB that do not compress, and state 400 MB
        var labels = _folder.Write("labels", Archives.Idx([1], [0]));
        var idx = _folder.Write("images", Archives.Gzip(Archives.Idx([1_000_000, 20, 20], noise)));
        var zip = Archives.Zip(("images.npy", Archives.Npy("|u1", "1, 600, 2000", noise)));
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 24), 400_000_000);
        var npz = _folder.Write("a.npz", zip);
        var volume = new Nifti(16, 32, false) { Dimensions = [3, 1000, 1000, 120, 1, 1, 1, 1], Values = Array.ConvertAll(noise, value => (double)value) };
        var nifti = _folder.Write("a.nii.gz", Archives.Gzip(volume.Bytes()));
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var message in new[] { Images.InputError(() => IdxFile.Read(idx, labels)), Images.InputError(() => NpzFile.Read(npz)), Images.InputError(() => NiftiFile.Read(nifti)) })
            Assert.Contains("as those of a zip bomb do", message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }
}
