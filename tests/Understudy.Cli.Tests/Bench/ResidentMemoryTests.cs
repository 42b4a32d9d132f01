using Understudy.Cli.Bench;

namespace Understudy.Cli.Tests.Bench;

[Collection(nameof(Alone))]
public sealed class ResidentMemoryTests
{
    [Fact]
    public void Leak_of_native_memory_is_seen()
    {
        var leaked = new List<byte[]>();

        var growth = ResidentMemory.GrowthPercent(Leak, settled: 2, total: 22, _ => { });

        Assert.True(growth > 5, $"160 MiB leaked, growth {growth} %");
        Assert.Equal(22, leaked.Count);

        void Leak()
        {
            var block = GC.AllocateUninitializedArray<byte>(8 << 20, pinned: true);
            Array.Fill(block, (byte)1); // resident only once it is touched
            leaked.Add(block);
        }
    }
}
