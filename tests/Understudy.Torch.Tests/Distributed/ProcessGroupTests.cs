using System.Net;
using System.Net.Sockets;
using Understudy.Torch.Distributed;

namespace Understudy.Torch.Tests.Distributed;

/// <summary>Groups whose ranks are threads here; they speak over real sockets, as processes do.</summary>
public sealed class ProcessGroupTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(ReduceOperation.Sum, 6, -6)]
    [InlineData(ReduceOperation.Minimum, 1, -3)]
    [InlineData(ReduceOperation.Maximum, 3, -1)]
    public async Task AllReduceCombinesWhatTheRanksHold(ReduceOperation operation, float first, float second)
    {
        await OnEachRank(3, group =>
        {
            using var x = Tensor.From([group.Rank + 1f, -1f - group.Rank]);
            group.AllReduce(x, operation);
            Assert.Equal([first, second], x.ToArray<float>());
        });
    }

    [Fact]
    public async Task BroadcastSendsTheRootsElements()
    {
        await OnEachRank(3, group =>
        {
            using var x = Tensor.From([10L + group.Rank]);
            group.Broadcast(x, root: 2);
            Assert.Equal([12L], x.ToArray<long>());
        });
    }

    [Fact]
    public async Task AllGatherKeepsTheOrderOfRanks()
    {
        await OnEachRank(3, group =>
        {
            using var scope = new TensorScope();
            var gathered = group.AllGather(Tensor.From([(double)group.Rank, 0.5]));
            group.Barrier();
            Assert.Equal([[0, 0.5], [1, 0.5], [2, 0.5]], gathered.Select(x => x.ToArray<double>()));
        });
    }

    [Fact]
    public async Task ARankThatLeavesFailsTheOthers()
    {
        await OnEachRank(2, group =>
        {
            if (group.Rank == 1) return;
            using var x = Tensor.From([1f]);
            Assert.Throws<TorchException>(() => group.AllReduce(x));
        });
    }

    [Fact]
    public void ALonelyGroupNeedsNoOthers()
    {
        using var group = ProcessGroup.Join("127.0.0.1", FreePort(), 0, 1, Timeout);
        using var x = Tensor.From([2f]);
        group.AllReduce(x);
        Assert.Equal([2f], x.ToArray<float>());
        group.Dispose();
        Assert.Throws<ObjectDisposedException>(group.Barrier);
    }

    [Fact]
    public void RefusesARankOutsideTheGroup() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProcessGroup.Join("127.0.0.1", 29500, 2, 2, Timeout));

    [Fact]
    public void NamesTheVariableThatTorchrunWouldSet() =>
        Assert.Contains("MASTER_ADDR", Assert.Throws<InvalidOperationException>(() => ProcessGroup.JoinFromEnvironment(Timeout)).Message, StringComparison.Ordinal);

    private static async Task OnEachRank(int size, Action<ProcessGroup> work)
    {
        var port = FreePort();
        // Threads of their own: each blocks until the others have come.
        await Task.WhenAll(Enumerable.Range(0, size).Select(rank => Task.Factory.StartNew(
            () =>
            {
                using var group = ProcessGroup.Join("127.0.0.1", port, rank, size, Timeout);
                work(group);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
