using Understudy.Cli.Bench;

namespace Understudy.Cli.Tests.Bench;

[Collection(nameof(Alone))]
public sealed class ResidentMemoryTests
{
    [Fact]
    public void Memory_is_counted_once_it_is_touched()
    {
        const int mebibytes = 160;
        var before = ResidentMemory.Kibibytes;

        var block = GC.AllocateUninitializedArray<byte>(mebibytes << 20, pinned: true);
        Array.Fill(block, (byte)1);

        // Whatever else the process frees meanwhile is far less than half of it.
        Assert.InRange(ResidentMemory.Kibibytes - before, mebibytes / 2 * 1024, mebibytes * 2 * 1024);
        GC.KeepAlive(block);
    }
}
