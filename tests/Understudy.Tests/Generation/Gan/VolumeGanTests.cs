using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Gan;
using Understudy.Generation.Networks;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Tests.Generation.Gan;

public sealed class VolumeGanTests
{
    private static readonly PlainGanOptions Small = new() { Steps = 3, BatchSize = 8, Width = 2, LatentSize = 6, CheckpointEvery = 2 };

    [Theory]
    [InlineData(28, 28)]
    [InlineData(17, 32)]
    public void Networks_of_volumes_take_and_give_their_sides(int depth, int width)
    {
        using var scope = new TensorScope();
        var shape = new ImageShape(depth, 20, width) { IsVolume = true };
        using var generator = VolumeNetworks.Generator(6, shape, 2);
        var volumes = generator.Forward(Tensor.RandN([3, 6]));
        Assert.Equal([3, depth, 20, width], volumes.Shape);
        using var discriminator = FeatureDiscriminator.Volumetric(shape, 2);
        var (features, scores) = discriminator.Judge(volumes);
        Assert.Equal([3, VolumeNetworks.FeatureCount(2)], features.Shape);
        Assert.Equal([3, 1], scores.Shape);
    }

    // A convolution of images sees slices apart until they are mixed; a window of a volume reaches over 4 slices from the start.
    [Fact]
    public void A_window_reaches_over_neighbouring_slices()
    {
        using var scope = new TensorScope();
        using var discriminator = FeatureDiscriminator.Volumetric(new ImageShape(32, 32, 32) { IsVolume = true }, 2, normalized: false);
        var x = Tensor.Zeros([1, 32, 32, 32]);
        x.RequiresGrad = true;
        var first = VolumeNetworks.DiscriminatorLayers(new ImageShape(32, 32, 32) { IsVolume = true }, 1, false, layer => layer);
        var y = first[2].Forward(first[1].Forward(first[0].Forward(x))); // [1, 1, 16, 16, 16]
        y.Select(2, 8).Select(2, 8).Select(2, 8).Sum().Backward();
        var slices = x.Grad!.Abs().Sum([0, 2, 3]).ToArray<float>();
        Assert.Equal([15, 16, 17, 18], Enumerable.Range(0, 32).Where(i => slices[i] != 0));
    }

    [Fact]
    public void A_saved_model_draws_the_same_volumes_and_holds_no_record()
    {
        using var folder = new TempFolder();
        var members = Volumes.Balls(12);
        using var fitted = Fitted(members, Small, folder);
        fitted.Save(folder["model"]);
        using var loaded = new VolumeGan(Small, members.Shape, members.ClassNames);
        loaded.Load(folder["model"]);
        var sample = fitted.Sample(5, 9);
        Assert.Equal(members.Shape, sample.Shape);
        Assert.Equal(sample.Pixels, loaded.Sample(5, 9).Pixels);
        Records.AssertAbsent(members, Directory.GetFiles(folder["model"]));
        Assert.True(File.Exists(folder["grids/step-000003.png"]));
    }

    [Fact]
    public void A_training_stopped_and_resumed_ends_as_one_that_was_not()
    {
        using var unbroken = new TempFolder();
        using var broken = new TempFolder();
        var members = Volumes.Balls(12);
        using var expected = Fitted(members, Small with { Steps = 4 }, unbroken);
        using (Fitted(members, Small with { Steps = 2 }, broken)) { }
        using var actual = Fitted(members, Small with { Steps = 4 }, broken);
        Assert.Equal(expected.Sample(3, 1).Pixels, actual.Sample(3, 1).Pixels);
    }

    /// <summary>The share of voxels that are inside, drawn against the members': the aim of real shapes is a fifth; so few steps on balls come within two fifths.</summary>
    [Fact]
    public void Its_volumes_soon_hold_about_as_much_as_the_members()
    {
        using var folder = new TempFolder();
        var members = Volumes.Balls(64);
        var options = Small with { Steps = 80, BatchSize = 16, Width = 8, LatentSize = 16, LearningRateG = 2e-3, LearningRateD = 5e-4, EmaDecay = 0.95, CheckpointEvery = 80 };
        using var gan = Fitted(members, options, folder);
        var (drawn, real) = (Inside(gan.Sample(32, 1)), Inside(members));
        Assert.InRange(drawn / real, 0.6, 1.4);

        static double Inside(ImageSet volumes) => volumes.Pixels.Count(v => v >= 128) / (double)volumes.Pixels.Length;
    }

    // After so few fast steps the running averages are still near where they began, at mean 0 and variance 1, and a volume drawn alone is another than one drawn in a batch.
    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Norms_that_were_measured_anew_draw_alone_what_a_batch_would(double emaDecay)
    {
        var members = Volumes.Balls(24);
        var options = Small with { Steps = 5, LearningRateG = 0.02, EmaDecay = emaDecay };
        Assert.True(Gap(options with { SettleBatches = 60 }) < 0.3 * Gap(options));

        double Gap(PlainGanOptions options)
        {
            using var folder = new TempFolder();
            using var gan = Fitted(members, options, folder);
            gan.Save(folder["model"]);
            using var scope = new TensorScope();
            using var noGrad = Autograd.NoGrad();
            using var generator = VolumeNetworks.Generator(options.LatentSize, members.Shape, options.Width);
            generator.Load(StateDictionary.Load(folder["model/generator.pt"]));
            var noise = Tensor.RandN([128, options.LatentSize]);
            generator.Eval();
            var alone = generator.Forward(noise);
            generator.Train();
            return (alone - generator.Forward(noise)).Abs().Mean().Item<float>();
        }
    }

    [Fact]
    public void Images_are_refused_and_so_are_volumes_of_other_sides()
    {
        using var folder = new TempFolder();
        var image = Images.Noise(8, 1, 28, 28);
        Assert.StartsWith("images are 1x28x28; the networks of volumes take volumes with sides of 17 to 32", Images.InputError(() => Fitted(image, Small, folder)), StringComparison.Ordinal);
        Assert.StartsWith("volumes are 12x12x12", Images.InputError(() => Fitted(Volumes.Balls(8, side: 12), Small, folder)), StringComparison.Ordinal);
        var tricks = Small with { Tricks = new() { VirtualBatchNorm = 4 } };
        Assert.Contains("virtualBatchNorm", Images.InputError(() => Fitted(Volumes.Balls(8), tricks, folder)), StringComparison.Ordinal);
    }

    private static VolumeGan Fitted(ImageSet members, PlainGanOptions options, TempFolder folder)
    {
        var gan = (VolumeGan)Synthesizers.Get("gan3d").Create(options, members.Shape, members.ClassNames);
        gan.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        return gan;
    }
}
