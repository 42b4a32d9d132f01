using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Generation.Translation;
using Understudy.Tests.Data;
using Understudy.Tests.Generation.Dual;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training;

namespace Understudy.Tests.Generation.Translation;

/// <summary>Pairs, of which pix2pix paints the image onto the mask.</summary>
public sealed class MaskTranslationTests
{
    private static readonly ImageSet Records = Pairs.Ellipses(16);

    private static readonly Pix2PixOptions Short = new() { Source = ImageTask.Mask, Steps = 2, BatchSize = 8, Width = 4, LatentSize = 4, CheckpointEvery = 2 };

    [Fact]
    public void The_source_of_a_pair_is_its_mask_and_what_is_made_of_it_keeps_it()
    {
        using var folder = new TempFolder();
        using var method = new Pix2Pix(Short, Records.Shape, []);
        method.Fit(Records.Private(folder), new FitContext(folder.Path, 1));
        var masks = ImagePairs.Masks(Records);
        var sources = method.SourcesOf(Records);
        Assert.Equal(masks.Shape, sources.Shape);
        Assert.Equal(masks.Pixels, sources.Pixels);
        var painted = method.Translate(sources);
        Assert.Equal(Records.Shape, painted.Shape);
        Assert.Equal(masks.Pixels, ImagePairs.Masks(painted).Pixels);
        Assert.NotEqual(ImagePairs.Images(Records).Pixels, ImagePairs.Images(painted).Pixels);

        var drawn = method.Sample(12, 1);
        Assert.Equal(Records.Shape, drawn.Shape);
        Assert.All(ImagePairs.Masks(drawn).Pixels, pixel => Assert.True(pixel is 0 or 255));
    }

    [Fact]
    public void What_is_painted_belongs_to_the_mask_that_is_released_and_not_to_its_grey_pixels()
    {
        using var scope = new TensorScope();
        using var painter = new PairPainter(new Reshape(1, 1, 2));
        Assert.Equal([1f, -1f, 1f, -1f], painter.Forward(Tensor.From([0.3f, -0.2f], 1, 1, 1, 2)).ToArray<float>());
    }

    [Fact]
    public void A_mask_is_no_source_of_images_without_one_and_no_domain()
    {
        const string other = "write edges or inverted";
        Assert.Contains("'source: mask' needs pairs", Images.InputError(() => new Pix2Pix(Short, new ImageShape(1, 32, 32), []).Dispose()), StringComparison.Ordinal);
        Assert.Contains(other, Images.InputError(() => new CycleGan(new CycleGanOptions { Source = ImageTask.Mask }, Records.Shape, []).Dispose()), StringComparison.Ordinal);
        Assert.Contains(other, Images.InputError(() =>
        {
            using var folder = new TempFolder();
            using var coupled = new CoGan(new CoGanOptions { SecondDomain = ImageTask.Mask, Steps = 2 }, Records.Shape, []);
            coupled.Fit(Records.Private(folder), new FitContext(folder.Path, 1));
        }), StringComparison.Ordinal);
    }
}
