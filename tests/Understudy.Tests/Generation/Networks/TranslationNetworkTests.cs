using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Script;
using Understudy.Tests.Data;

namespace Understudy.Tests.Generation.Networks;

public sealed class TranslationNetworkTests
{
    [Theory]
    [InlineData(28, 2)]
    [InlineData(32, 3)]
    [InlineData(64, 4)]
    [InlineData(128, 5)]
    public void A_unet_keeps_the_size_and_works_for_any_batch_when_exported(int size, int depth)
    {
        using var folder = new TempFolder();
        using var scope = new TensorScope();
        using var network = new UNet(1, 3, 4, depth, dropout: 0.5);
        var x = Tensor.RandN([2, 1, size, size]);
        Assert.Equal([2, 3, size, size], network.Forward(x).Shape);
        ScriptExport.Save(network, x, folder["unet.ts"]);
        using var exported = ScriptModule.Load(folder["unet.ts"]);
        Assert.Equal([5, 3, size, size], exported.Forward(Tensor.RandN([5, 1, size, size])).Shape);
    }

    [Fact]
    public void Details_reach_the_output_of_a_unet_through_its_skips_alone()
    {
        using var scope = new TensorScope();
        using var network = new UNet(1, 1, 4, 2);
        network.Eval();
        // With its deepest level silenced, what is left comes through the skips.
        foreach (var (name, parameter) in network.NamedParameters)
        {
            if (name.StartsWith("up1", StringComparison.Ordinal)) { using var noGrad = Autograd.NoGrad(); parameter.Zero(); }
        }
        var x = Tensor.RandN([1, 1, 28, 28]);
        x.RequiresGrad = true;
        network.Forward(x).Select(2, 14).Select(2, 14).Sum().Backward();
        Assert.NotEqual(0, x.Grad!.Select(2, 14).Select(2, 14).Item<float>());
        Assert.Equal(0, x.Grad!.Select(2, 0).Select(2, 0).Item<float>());
    }

    /// <summary>Receptive fields as Isola et al. state them: 16, (34) and 70 pixels.</summary>
    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 34)]
    [InlineData(3, 70)]
    public void A_patch_is_as_wide_as_stated(int stridedLayers, int width)
    {
        const int size = 160;
        using var scope = new TensorScope();
        using var network = PatchDiscriminator.Build(1, 2, stridedLayers, normalized: false);
        var x = Tensor.RandN([1, 1, size, size]);
        x.RequiresGrad = true;
        var logits = network.Forward(x);
        logits.Select(2, logits.Size(2) / 2).Select(2, logits.Size(3) / 2).Sum().Backward();
        var touched = x.Grad!.Abs().Sum([0, 1, 2]).ToArray<float>();
        var columns = Enumerable.Range(0, size).Where(i => touched[i] != 0).ToArray();
        Assert.Equal(width, columns[^1] - columns[0] + 1);
    }

    [Fact]
    public void A_translator_keeps_the_size_and_a_super_resolver_doubles_it()
    {
        using var scope = new TensorScope();
        using var translator = ResidualTranslator.Build(1, 3, 4, 1);
        Assert.Equal([2, 3, 28, 28], translator.Forward(Tensor.RandN([2, 1, 28, 28])).Shape);
        using var resolver = new SuperResolver(3, 4, 2, 2);
        Assert.Equal([2, 3, 28, 28], resolver.Forward(Tensor.RandN([2, 3, 7, 7])).Shape);
    }

    [Fact]
    public void A_residual_block_whose_last_scale_is_zero_changes_nothing()
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        using var block = new ResidualBlock(3, channels => new BatchNorm2d(channels));
        foreach (var (name, parameter) in block.NamedParameters.Where(p => p.Key.StartsWith("inner.4", StringComparison.Ordinal))) parameter.Zero();
        var x = Tensor.RandN([2, 3, 5, 5]);
        Assert.Equal(x.ToArray<float>(), block.Forward(x).ToArray<float>());
    }
}
