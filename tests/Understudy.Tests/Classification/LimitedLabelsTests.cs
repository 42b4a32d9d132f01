using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation.Denoising;
using Understudy.Tests.Data;
using Understudy.Training;

namespace Understudy.Tests.Classification;

public sealed class LimitedLabelsTests
{
    private static readonly SsDaaeOptions Small = new() { Steps = 100, BatchSize = 8, Width = 4, LatentSize = 5, DetachSteps = 20, LearningRate = 2e-3 };

    [Fact]
    public void Each_method_leaves_out_what_it_has_not()
    {
        Assert.Equal((0, 0, 0, 0), Parts(LimitedLabelMethod.Cnn));
        Assert.Equal((0, 1, 0, 0), Parts(LimitedLabelMethod.Ae));
        Assert.Equal((0.25, 1, 0, 0), Parts(LimitedLabelMethod.Dae));
        Assert.Equal((0, 1, 1, 0.1), Parts(LimitedLabelMethod.Aae));
        Assert.Equal((0.25, 1, 1, 0.1), Parts(LimitedLabelMethod.Daae));

        static (double, double, double, double) Parts(LimitedLabelMethod method)
        {
            var options = LimitedLabels.OptionsOf(new SsDaaeOptions(), method);
            return (options.Sigma, options.ReconstructionWeight, options.CodeWeight, options.LabelWeight);
        }
    }

    // Dark images against bright ones: any network that learns tells them apart.
    [Theory]
    [InlineData(LimitedLabelMethod.Cnn)]
    [InlineData(LimitedLabelMethod.Daae)]
    public void Ten_labels_tell_dark_from_bright(LimitedLabelMethod method)
    {
        using var folder = new TempFolder();
        var result = LimitedLabels.Measure(method, 10, Small, Halves(60, 1), Halves(40, 2), Halves(40, 3), new FitContext(folder.Path, 1));
        Assert.InRange(result.Auc, 0.95, 1);
        Assert.Equal(0.25, result.Prevalence);
        Assert.Equal(4, result.Specificities.Count);
    }

    [Fact]
    public void Three_classes_are_refused_in_one_line()
    {
        using var folder = new TempFolder();
        var three = Images.Noise(9, 1, 28, 28, classes: 3);
        Assert.Contains("two classes", Images.InputError(() => LimitedLabels.Measure(LimitedLabelMethod.Cnn, 3, Small, three, three, three, new FitContext(folder.Path, 1))), StringComparison.Ordinal);
    }

    private static ImageSet Halves(int count, int seed)
    {
        var noise = Images.Noise(count, 1, 28, 28, seed: seed);
        var labels = Enumerable.Range(0, count).Select(i => i % 4 == 0 ? 1 : 0).ToArray();
        var pixels = noise.Pixels.Select((value, at) => (byte)(value / 3 + 160 * labels[at / 784])).ToArray();
        return new ImageSet(noise.Shape, pixels, labels, ["dark", "bright"]);
    }
}
