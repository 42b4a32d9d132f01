namespace Understudy.Torch.Tests;

public sealed class TensorScopeTests
{
    [Fact]
    public void FreesWhatWasMadeInside()
    {
        var before = LiveTensors.Count();
        Tensor x;
        using (new TensorScope())
        {
            x = Tensor.Ones([3]) + 1;
            Assert.Equal(before + 2, LiveTensors.Count());
        }
        Assert.Equal(before, LiveTensors.Count());
        Assert.True(x.IsClosed);
    }

    [Fact]
    public void NestsAndKeepsToTheScopeAround()
    {
        using var outer = new TensorScope();
        Tensor kept, lost;
        using (var inner = new TensorScope())
        {
            kept = inner.Keep(Tensor.Ones([1]));
            lost = Tensor.Ones([1]);
        }
        Assert.False(kept.IsClosed);
        Assert.True(lost.IsClosed);
        outer.Dispose();
        Assert.True(kept.IsClosed);
        using var outside = Tensor.Ones([1]);
        Assert.False(outside.IsClosed);
    }

    [Fact]
    public void KeepOfTheOutermostAndDetachOutliveAll()
    {
        Tensor kept, detached, persistent;
        using (new TensorScope())
        {
            detached = Tensor.Ones([1]);
            using var inner = new TensorScope();
            inner.Detach(detached);
            persistent = TensorScope.Persist(Tensor.Ones([1]));
        }
        using (var scope = new TensorScope()) kept = scope.Keep(Tensor.Ones([1]));
        Assert.All([kept, detached, persistent], t => Assert.False(t.IsClosed));
        kept.Dispose();
        detached.Dispose();
        persistent.Dispose();
    }

    [Fact]
    public void KeepOfAnothersTensorChangesNothing()
    {
        using var outer = new TensorScope();
        var x = Tensor.Ones([1]);
        using (var inner = new TensorScope()) Assert.Same(x, inner.Keep(x));
        Assert.False(x.IsClosed);
        outer.Dispose();
        Assert.True(x.IsClosed);
    }

    [Fact]
    public async Task FollowsAwait()
    {
        var before = LiveTensors.Count();
        using (new TensorScope())
        {
            _ = Tensor.Ones([1]);
            await Task.Yield();
            var made = await Task.Run(() => Tensor.Ones([1]));
            Assert.Equal(before + 2, LiveTensors.Count());
            Assert.False(made.IsClosed);
        }
        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public async Task WorkThatOutlivesItsScopeUsesTheScopeAround()
    {
        using var outer = new TensorScope();
        var gate = new TaskCompletionSource();
        Task<Tensor> late;
        using (new TensorScope())
        {
            late = Task.Run(async () =>
            {
                await gate.Task;
                return Tensor.Ones([1]);
            });
        }
        gate.SetResult();
        var tensor = await late;
        Assert.False(tensor.IsClosed);
        outer.Dispose();
        Assert.True(tensor.IsClosed);
    }

    [Fact]
    public void ThreadsHaveScopesOfTheirOwn()
    {
        var before = LiveTensors.Count();
        Tensor? mine = null;
        using (new TensorScope())
        {
            Parallel.For(0, 50, thread =>
            {
                using var scope = new TensorScope();
                for (var i = 0; i < 50; i++) Tensor.Full([1], thread);
            });
            mine = Tensor.Ones([1]);
            Assert.Equal(before + 1, LiveTensors.Count());
        }
        Assert.True(mine.IsClosed);
    }

    [Fact]
    public void ManyThreadsMayShareOne()
    {
        var before = LiveTensors.Count();
        using (var shared = new TensorScope())
        {
            Parallel.For(0, 1000, i =>
            {
                var x = Tensor.Ones([1]);
                if (i % 2 == 0) shared.Detach(x).Dispose();
            });
            Assert.Equal(before + 500, LiveTensors.Count());
        }
        Assert.Equal(before, LiveTensors.Count());
    }
}
