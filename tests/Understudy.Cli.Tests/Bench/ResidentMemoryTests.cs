using System.Runtime.InteropServices;
using Understudy.Cli.Bench;

namespace Understudy.Cli.Tests.Bench;

public sealed class ResidentMemoryTests
{
    [Fact]
    public unsafe void Memory_is_counted_once_it_is_touched()
    {
        const int mebibytes = 160;
        var before = ResidentMemory.Kibibytes;

        // Not the collector's memory, which may have been resident all along.
        var block = NativeMemory.Alloc(mebibytes << 20);
        NativeMemory.Fill(block, mebibytes << 20, 1);

        // Whatever else the process frees meanwhile is far less than half of it.
        var after = ResidentMemory.Kibibytes;
        NativeMemory.Free(block);
        Assert.InRange(after - before, mebibytes / 2 * 1024, mebibytes * 2 * 1024);
    }
}
