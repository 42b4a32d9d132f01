using Understudy.Data;
using Understudy.Generation.Dual;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Generation.Dual;

/// <summary>What the method was published for: vessels, which at 64×64 are a pixel or two wide.</summary>
public sealed class VesselTests
{
    private static readonly ImageSet Members = Pairs.Vessels(12, 64);
    private static readonly DualGanOptions Small = new() { MaskSteps = 3, ImageSteps = 2, BatchSize = 4, LatentSize = 6, MaskWidth = 2, ImageWidth = 4, ThinMasks = true };

    [Fact]
    public void Cleaning_lines_keeps_vessels_and_takes_specks_away()
    {
        var masks = ImagePairs.Masks(Members);
        Assert.InRange(Kept(MaskCleaning.Regions, masks), 0, 0.8);
        Assert.InRange(Kept(MaskCleaning.Lines, masks), 0.9, 1.02);
        var specks = new ImageSet(masks.Shape, [.. masks.Pixels.Select((_, p) => p % 64 % 4 == 1 && p / 64 % 4 == 1 ? byte.MaxValue : (byte)0)]);
        Assert.Equal(0, Kept(MaskCleaning.Lines, specks));

        static double Kept(MaskCleaning cleaning, ImageSet masks) => cleaning.Smooth(masks).Pixels.Count(v => v != 0) / (double)masks.Pixels.Count(v => v != 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_stages_run_on_vessels(bool isPrivate)
    {
        using var folder = new TempFolder();
        DualGanBase method = isPrivate
            ? new DpDualGan(new DpDualGanOptions { MaskSteps = 3, ImageSteps = 2, BatchSize = 4, LatentSize = 6, MaskWidth = 2, ImageWidth = 4, ThinMasks = true }, Members.Shape)
            : new DualGan(Small, Members.Shape);
        using (method)
        {
            method.Fit(Members.Private(folder), new FitContext(folder.Path, 1));
            var sample = method.Sample(4, seed: 2);
            Assert.Equal((Members.Shape, 4), (sample.Shape, sample.Count));
        }
    }

    // Lines of one pixel, of which a majority of nine leaves nothing: no stage must learn from empty masks.
    [Fact]
    public void Masks_that_cleaning_would_wipe_out_are_refused_before_any_step()
    {
        using var folder = new TempFolder();
        var masks = new ImageSet(new ImageShape(1, 64, 64), [.. Enumerable.Range(0, 12 * 4096).Select(p => p % 64 % 16 == 8 ? byte.MaxValue : (byte)0)]);
        var pairs = ImagePairs.Join(ImagePairs.Images(Members), masks);
        var error = Images.InputError(() => new DualGan(Small with { ThinMasks = false }, pairs.Shape).Fit(pairs.Private(folder), new FitContext(folder.Path, 1)));
        Assert.Equal("smoothing the masks would leave 0% of their foreground: lines a pixel or two wide are wiped out; set thinMasks: true, or a larger data.size", error);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path, "masks*"));
    }
}
