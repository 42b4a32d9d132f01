using Understudy.Classification;
using Understudy.Data;
using Understudy.Data.Attributes;
using Understudy.Generation.Attributes;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Classification;

public sealed class EditEvaluationTests
{
    // A decoder of an untrained model shows the same whatever the value, so every edit to the value called always succeeds and every other fails:
    // the balanced success is ½, and that of flips is the share of images that had the other value. An evaluation that counts trivial
    // successes among flips would give more.
    [Fact]
    public void Flips_count_only_images_that_did_not_have_the_value()
    {
        using var folder = new TempFolder();
        var plain = Images.Noise(60, 1, 28, 28, classes: 2);
        var dark = new ImageSet(plain.Shape, [.. plain.Pixels.Select((v, at) => (byte)(v / 3 + (at / 784 % 2) * 20))], plain.Labels, plain.ClassNames);
        var (members, test) = (AttributedSet.Of(dark, ControlledAttribute.Polarity, 1), AttributedSet.Of(dark, ControlledAttribute.Polarity, 2));
        var options = new ClassifierOptions { Steps = 30, BatchSize = 16 };
        using var evaluation = new EditEvaluation(members, test, ControlledAttribute.Polarity, dark);
        evaluation.Train(options, folder.Path, 1, default);
        using var model = new IfcVaeGan(new IfcVaeGanOptions { Steps = 1, BatchSize = 8, Width = 4, LatentSize = 6, LearningRate = 1e-8 }, plain.Shape, members.Names);
        model.Fit(members.ByValue.Private(folder), new FitContext(folder.Path, 1));
        var result = evaluation.Measure(model, options, folder.Path, 1, default);

        Assert.Equal(1, result.OnReal.Value);
        Assert.Equal(0.5, result.Balanced, 0.02);
        var ones = test.Values.Average();
        Assert.Contains(result.Flipped.Value, new[] { ones, 1 - ones });
        Assert.InRange(result.TrueAgreement.Value, 0, 1);
        Assert.True(result.ErrorOfEdit > 0.05);
    }

    [Fact]
    public void A_choice_takes_each_image_from_the_set_that_its_value_names()
    {
        var (ones, zeros) = (Images.Noise(3, seed: 1), Images.Noise(3, seed: 2));
        var chosen = EditEvaluation.Choose(ones, zeros, [1, 0, 1]);
        Assert.Equal(ones.Image(0).ToArray(), chosen.Image(0).ToArray());
        Assert.Equal(zeros.Image(1).ToArray(), chosen.Image(1).ToArray());
        Assert.Equal(ones.Image(2).ToArray(), chosen.Image(2).ToArray());
    }
}
