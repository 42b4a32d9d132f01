using Understudy.Attacks.Auditing;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Tests.Attacks.Auditing;

/// <summary>Canaries in the training of a small private classifier; noise is the operating system's, drawn anew each time.</summary>
public sealed class AuditedClassifierTests
{
    private const int Steps = 4;

    /// <summary>
    /// Nearly no noise: a canary that took part adds the clipping bound in each of the steps it is sampled for, about all of them, and no other record adds anything. Of 200 coins
    /// fewer than 60 fall one way once in 10⁸ runs.
    /// </summary>
    [Fact]
    public void Without_noise_gradients_tell_each_canary_by_the_batches_it_was_in()
    {
        var (planted, scores) = ByGradients(epsilon: 1000);
        for (var i = 0; i < scores.Length; i++) Assert.InRange(scores[i], planted.Included[i] ? Steps - 2.5 : -1.5, planted.Included[i] ? Steps + 1.5 : 1.5);
        Assert.True(planted.Bound(new OneRunAuditor(1e-5), scores).Epsilon > 2);
    }

    /// <summary>A true claim is refuted once in a thousand runs at most.</summary>
    [Fact]
    public void With_the_noise_of_a_claim_the_claim_stands()
    {
        var (planted, scores) = ByGradients(epsilon: 1);
        Assert.True(planted.Bound(new OneRunAuditor(1e-5), scores, significance: 1e-3).Epsilon <= 1);
        Assert.All(scores, score => Assert.True(double.IsFinite(score)));
    }

    [Fact]
    public void Images_that_spell_numbers_are_told_from_others()
    {
        var like = Images.Noise(3, 1, 4, 4, classes: 2);
        using var canaries = new NumberedCanaries(300, gradientLength: 2);
        var images = ImageSet.Concat(NumberedCanaries.Images(like, 300).Subset([0, 7, 299]), like);
        using var data = new ImageTensors(images, PixelRange.SignedUnit, TorchRuntime.DefaultDevice);
        canaries.To(TorchRuntime.DefaultDevice);
        using var scope = new TensorScope();
        var losses = canaries.Losses(data.Images(0, 6), Tensor.From([5f, 5, 5, 5, 6, 7]).To(TorchRuntime.DefaultDevice));
        losses.Sum().Backward();
        Assert.Equal([5f, 6, 7], losses.ToArray<float>()[3..]);
        Assert.Equal([0, 7, 299], canaries.Sum.Index().Where(entry => entry.Item != 0).Select(entry => entry.Index));
        Assert.All([0, 7, 299], i => Assert.Equal(2, canaries.Sum[i]));
    }

    [Fact]
    public void Canaries_that_do_not_fit_are_refused() => Assert.Equal(
        "300 numbered canaries do not fit into images of 1x2x2; ask for 65536 at most, in images of more than 4 values",
        Images.InputError(() => NumberedCanaries.Images(Images.Noise(1, 1, 2, 2), 300)));

    private static (PlantedCanaries Planted, double[] Scores) ByGradients(double epsilon)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(60, 1, 8, 8, classes: 2);
        var planted = PlantedCanaries.Toss(NumberedCanaries.Images(members, 200));
        var records = planted.Plant(members);
        var options = new DpSgdOptions { Network = ClassifierNetwork.Mlp, Epsilon = epsilon, Steps = Steps, BatchSize = records.Count };
        return (planted, AuditedClassifier.ByGradients(planted, records.Private(folder), options, new FitContext(folder.Path, 1)));
    }
}
