using Understudy.Torch.Modules;

namespace Understudy.Torch.Tests.Modules;

public sealed class MultiheadAttentionTests
{
    [Fact]
    public void CrossAttentionIsPyTorchs()
    {
        using var scope = new TensorScope();
        using var attention = new MultiheadAttention(6, 3);
        var golden = Golden.Under("others.cross");
        attention.Load(golden.Under("state."));
        var inputs = Golden.List(golden, "in");
        Golden.AssertEqual(golden["out"], attention.Forward(inputs[0], inputs[1], inputs[2], inputs[3]).Detach(), "cross-attention");
    }

    [Fact]
    public void CausalMaskHidesTheFuture()
    {
        using var scope = new TensorScope();
        using var attention = new MultiheadAttention(4, 2);
        var x = Tensor.RandN([1, 3, 4]);
        var changed = x.Clone();
        changed.Select(1, 2).Fill(9);
        var before = attention.Forward(x, Functional.CausalMask(3)).Narrow(1, 0, 2).ToArray<float>();
        var after = attention.Forward(changed, Functional.CausalMask(3)).Narrow(1, 0, 2).ToArray<float>();
        Assert.Equal(before, after);
    }

    [Fact]
    public void DropoutActsInTrainingOnly()
    {
        using var scope = new TensorScope();
        using var attention = new MultiheadAttention(4, 2, dropout: 1);
        var x = Tensor.RandN([1, 3, 4]);
        Assert.Equal(0, attention.Forward(x).Abs().Max().Item<float>()); // the output's bias begins as 0
        attention.Eval();
        Assert.NotEqual(0, attention.Forward(x).Abs().Max().Item<float>());
    }

    [Fact]
    public void HeadsMustDivideTheFeatures() =>
        Assert.Equal("6 features cannot be split into 4 equal heads (Parameter 'heads')", Assert.Throws<ArgumentException>(() => new MultiheadAttention(6, 4)).Message);
}
