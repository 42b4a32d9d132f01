using Understudy.Classification;
using Understudy.Data;
using Understudy.Tests.Data;
using Understudy.Tests.Generation.Dual;
using Understudy.Torch;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Tests.Classification;

public sealed class SegmenterTests
{
    private static readonly SegmenterOptions Small = new() { Steps = 100, BatchSize = 8, Width = 4, LearningRate = 1e-2 };

    [Fact]
    public void It_learns_to_find_what_is_bright_and_goes_on_where_it_was_stopped()
    {
        using var folder = new TempFolder();
        using var segmenter = Segmenter.Train("unet", Pairs.Ellipses(40), Small, new FitContext(folder.Path, 1));
        var test = Pairs.Ellipses(20, seed: 2);
        var f1 = segmenter.Evaluate(test, 1)[0];
        Assert.True(f1.Value > 0.9, $"F1 {f1.Value}");
        // Its masks are not looked at.
        Assert.Equal(segmenter.Probabilities(test), segmenter.Probabilities(ImagePairs.Images(test)));
        Assert.Equal(32, segmenter.Extract(test).Dimension);
        using var again = Segmenter.Train("unet", Pairs.Ellipses(40), Small, new FitContext(folder.Path, 1));
        Assert.Equal(segmenter.Probabilities(test), again.Probabilities(test));
    }

    // A thin structure is 1 % of the pixels: a squared error is nearly 0 where nothing is found; this loss is not.
    [Fact]
    public void The_loss_does_not_let_the_background_have_its_way()
    {
        using var scope = new TensorScope();
        var masks = Tensor.Zeros([1, 1, 32, 32]);
        masks.Narrow(2, 16, 1).Narrow(3, 10, 10).Fill(1);
        var nothing = Tensor.Full([1, 1, 32, 32], -8);
        var right = (masks * 16) - 8;
        Assert.True(F.MeanSquaredError(nothing.Sigmoid(), masks).Item<float>() < 0.011);
        Assert.True(Segmenter.Loss(nothing, masks).Item<float>() > 0.9);
        Assert.True(Segmenter.Loss(right, masks).Item<float>() < 0.05);
        // BCE + 1 - (2·Σpm + 1)/(Σp + Σm + 1) at p = ½ everywhere: ln 2 + 1 - 11/523.
        Assert.Equal(Math.Log(2) + 1 - (11 / 523.0), Segmenter.Loss(Tensor.Zeros([1, 1, 32, 32]), masks).Item<float>(), 5);
    }

    [Fact]
    public void Images_without_masks_or_of_odd_size_are_refused()
    {
        using var folder = new TempFolder();
        Assert.Contains("needs masks", Images.InputError(() => Segmenter.Train("u", Images.Noise(4, 1, 8, 8), Small, new FitContext(folder.Path, 1))), StringComparison.Ordinal);
        Assert.Contains("multiples of 8", Images.InputError(() => Segmenter.Train("u", Pairs.Ellipses(4, side: 20), Small, new FitContext(folder.Path, 1))), StringComparison.Ordinal);
    }
}
