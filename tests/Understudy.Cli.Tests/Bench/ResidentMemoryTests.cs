using System.IO.MemoryMappedFiles;
using Understudy.Cli.Bench;

namespace Understudy.Cli.Tests.Bench;

public sealed class ResidentMemoryTests
{
    [Fact]
    public void Memory_is_counted_once_it_is_touched()
    {
        const int mebibytes = 160;
        // Neither the collector's nor the allocator's memory, which may have been resident all along.
        using var mapped = MemoryMappedFile.CreateNew(mapName: null, mebibytes << 20);
        using var view = mapped.CreateViewAccessor();
        var before = ResidentMemory.Kibibytes;

        for (var place = 0L; place < mebibytes << 20; place += Environment.SystemPageSize) view.Write(place, (byte)1);

        // Whatever else the process frees meanwhile is far less than half of it.
        Assert.InRange(ResidentMemory.Kibibytes - before, mebibytes / 2 * 1024, mebibytes * 2 * 1024);
    }
}
