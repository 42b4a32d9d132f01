using Understudy.Data;
using Understudy.Generation.Dual;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Tests.Generation.Dual;

/// <summary>Stage II meets real masks in training and drawn ones afterwards: both must have been cleaned alike.</summary>
public sealed class DomainGapTests
{
    private const int Side = 32;

    [Fact]
    public void What_stage_two_learns_from_is_smoothed_and_varied()
    {
        using var scope = new TensorScope();
        var pairs = Speckled(16);
        using var painter = new MaskPainter(pairs.Shape, 4, MaskCleaning.Regions, mixes: true, seed: 1);
        var x = Tensor.From(Array.ConvertAll(pairs.Pixels, p => (p / 127.5f) - 1), 16, 2, Side, Side);
        TorchRuntime.ManualSeed(2);
        var (images, masks) = painter.Take(x);
        Assert.Equal(x.Narrow(1, 0, 1).Contiguous().ToArray<float>(), images.Contiguous().ToArray<float>());
        TorchRuntime.ManualSeed(2);
        Assert.Equal(MaskCleaning.Regions.Vary(MaskCleaning.Regions.Smooth(x.Narrow(1, 1, 1))).ToArray<float>(), masks.ToArray<float>());
        Assert.True(Specks(pairs) > 0.02);
    }

    // An untrained stage I draws noise, in which a sixteenth of the pixels has no like neighbour; in a smoothed mask there are next to none.
    [Fact]
    public void Drawn_masks_are_smoothed_before_they_are_painted_on()
    {
        using var folder = new TempFolder();
        var members = Speckled(8);
        using var synthesizer = new DualGan(
            new DualGanOptions { MaskSteps = 1, ImageSteps = 1, BatchSize = 4, LatentSize = 6, MaskWidth = 2, ImageWidth = 4, LearningRate = 1e-8 }, members.Shape);
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        Assert.InRange(Specks(synthesizer.Sample(16, 1)), 0, 0.005);
    }

    private static ImageSet Speckled(int count)
    {
        var pairs = Pairs.Ellipses(count, Side);
        for (var i = 0; i < count; i++)
        {
            for (var p = 0; p < Side * Side; p++)
                if (p % Side % 5 == 0 && p / Side % 5 == 0) pairs.Pixels[(((2 * i) + 1) * Side * Side) + p] ^= 255;
        }
        return pairs;
    }

    /// <summary>The share of a mask's pixels that differ from all four neighbours.</summary>
    private static double Specks(ImageSet pairs)
    {
        var specks = 0;
        for (var i = 0; i < pairs.Count; i++)
        {
            var mask = ImagePairs.Mask(pairs, i);
            for (var y = 1; y < Side - 1; y++)
            {
                for (var x = 1; x < Side - 1; x++)
                {
                    var p = (y * Side) + x;
                    if (mask[p] != mask[p - 1] && mask[p] != mask[p + 1] && mask[p] != mask[p - Side] && mask[p] != mask[p + Side]) specks++;
                }
            }
        }
        return specks / (double)(pairs.Count * (Side - 2) * (Side - 2));
    }
}
