using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

public sealed class SegmentationMetricsTests
{
    [Fact]
    public void Figures_are_those_of_the_counts()
    {
        // TP 2, FP 1, FN 1, TN 4.
        var test = Pairs([255, 255, 0, 0, 255, 0, 0, 0]);
        float[] p = [0.9f, 0.2f, 0.6f, 0.1f, 0.5f, 0.3f, 0.4f, 0f];
        var figures = SegmentationMetrics.Evaluate(p, test, seed: 1).ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.Equal(2.0 * 2 / (2 * 2 + 1 + 1), figures["F1"], 12);
        // Images of four pixels: Dice 2·1/(2·1 + 1 + 1) and 1.
        Assert.Equal((0.5 + 1) / 2, figures["mean Dice"], 12);
        Assert.Equal(2.0 / 3, figures["sensitivity"], 12);
        Assert.Equal(4.0 / 5, figures["specificity"], 12);
        // Of 15 pairs of foreground (0.9, 0.2, 0.5) and background (0.6, 0.1, 0.3, 0.4, 0): 5 + 2 + 4 in order.
        Assert.Equal(11.0 / 15, figures["AUC"], 12);
        Assert.Equal(figures["F1"], SegmentationMetrics.F1(p, test), 12);
    }

    [Fact]
    public void An_empty_mask_left_empty_is_right()
    {
        var test = Pairs([0, 0, 0, 0, 255, 255, 255, 255]);
        Assert.Equal(1, SegmentationMetrics.Evaluate([0, 0, 0, 0, 1, 1, 1, 1], test, 1)[1].Value);
    }

    // Two patients, one found and one missed: resampling patients must show all and nothing; resampling the 20 slices would not.
    [Fact]
    public void Patients_are_resampled_as_wholes()
    {
        byte[] mask = [255, 0, 0, 0];
        var patients = new ImageSet(new ImageShape(1, 2, 2), new byte[80], groups: [.. Enumerable.Range(0, 20).Select(i => i < 10 ? "a" : "b")]);
        var test = ImagePairs.Join(patients, new ImageSet(new ImageShape(1, 2, 2), [.. Enumerable.Repeat(mask, 20).SelectMany(m => m)]));
        float[] found = [1, 0, 0, 0], missed = [0, 0, 0, 0];
        float[] p = [.. Enumerable.Range(0, 20).SelectMany(i => i < 10 ? found : missed)];
        var dice = SegmentationMetrics.Evaluate(p, test, seed: 3)[1];
        Assert.Equal(0.5, dice.Value);
        Assert.Equal(0, dice.Interval!.Value.Lower);
        var alone = SegmentationMetrics.Evaluate(p, new ImageSet(test.Shape, test.Pixels), seed: 3)[1];
        Assert.InRange(alone.Interval!.Value.Lower, 0.2, 0.4);
    }

    [Fact]
    public void What_the_masks_do_not_define_is_no_number_and_one_patient_gives_no_interval()
    {
        var empty = SegmentationMetrics.Evaluate(new float[8], Pairs(new byte[8]), seed: 1).ToDictionary(metric => metric.Name);
        Assert.All(new[] { "AUC", "sensitivity" }, name => Assert.Equal((double.NaN, null), (empty[name].Value, empty[name].Interval)));
        Assert.Equal(1, empty["specificity"].Value);
        var pairs = Pairs([255, 0, 0, 0, 255, 0, 0, 0]);
        var patient = new ImageSet(pairs.Shape, pairs.Pixels, groups: ["a", "a"]);
        var one = SegmentationMetrics.Evaluate([1, 0, 0, 0, 0, 0, 0, 0], patient, seed: 1);
        Assert.All(one, metric => Assert.Null(metric.Interval));
        Assert.Equal(0.5, one.Single(metric => metric.Name == "sensitivity").Value);
    }

    [Fact]
    public void Probabilities_of_other_images_are_refused() =>
        Assert.Contains("give one a pixel", Images.InputError(() => SegmentationMetrics.F1([1, 2, 3], Pairs([0, 0, 0, 255]))), StringComparison.Ordinal);

    private static ImageSet Pairs(byte[] masks) =>
        ImagePairs.Join(new ImageSet(new ImageShape(1, 2, 2), new byte[masks.Length]), new ImageSet(new ImageShape(1, 2, 2), masks));
}
