using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;

namespace Understudy.Torch.Tests.Optimization;

public sealed class EmaTests
{
    [Fact]
    public void FollowsAndLendsItself()
    {
        using var scope = new TensorScope();
        using var layer = new BatchNorm1d(1);
        using var ema = new Ema(layer, 0.75);
        using (Autograd.NoGrad()) layer.Weight.Fill(5);
        layer.BatchesTracked.Fill(7);
        ema.Update();
        Assert.Equal(2, ema.State["weight"].Item<float>()); // 0.75 · 1 + 0.25 · 5
        Assert.Equal(7, ema.State["num_batches_tracked"].Item<long>());
        using (ema.Apply()) Assert.Equal(2, layer.Weight.Item<float>());
        Assert.Equal(5, layer.Weight.Item<float>());
    }

    [Fact]
    public void ForgetsTheStartSooner()
    {
        using var scope = new TensorScope();
        using var layer = new BatchNorm1d(1);
        using var ema = new Ema(layer, 0.5);
        using (Autograd.NoGrad()) layer.Weight.Fill(11);
        ema.Update(step: 0);
        Assert.Equal(10, ema.State["weight"].Item<float>()); // 0.1 · 1 + 0.9 · 11
        ema.Update(step: 1000);
        Assert.Equal(10.5f, ema.State["weight"].Item<float>()); // the decay itself by now
    }

    [Fact]
    public void LendsOnceAndSurvivesTheScopeOfItsMaking()
    {
        using var layer = new Linear(1, 1);
        Ema ema;
        using (new TensorScope()) ema = new Ema(layer);
        using var scope = new TensorScope();
        var weight = layer.Weight.Item<float>();
        var lent = ema.Apply();
        using (Autograd.NoGrad()) layer.Weight.Fill(7);
        lent.Dispose();
        using (Autograd.NoGrad()) layer.Weight.Fill(9);
        lent.Dispose();
        Assert.Equal(9, layer.Weight.Item<float>());
        Assert.Equal(weight, ema.State["weight"].Item<float>());
        ema.Dispose();
    }
}
