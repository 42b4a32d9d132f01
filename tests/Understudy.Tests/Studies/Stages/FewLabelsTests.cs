using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Gan;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Tests.Data;
using Understudy.Training;

namespace Understudy.Tests.Studies.Stages;

/// <summary>What a study says of a semi-supervised GAN's classifier, on images whose upper half is bright in one class and whose lower half is in the other.</summary>
public sealed class FewLabelsTests
{
    private const int Size = 28;

    [Fact]
    public void A_study_compares_the_classifier_with_networks_that_saw_the_same_labels()
    {
        using var folder = new TempFolder();
        var (metrics, run) = Run(folder, steps: 25);
        var utility = metrics.Methods["ssgan"].Utility.ToDictionary(metric => metric.Name);
        Assert.Equal(
            ["accuracy", "error with few labels", "error of the same network", "error of a CNN", "error saved over the same network", "error saved over a CNN"],
            metrics.Methods["ssgan"].Utility.Select(metric => metric.Name));
        Assert.True(double.IsNaN(utility["accuracy"].Value));
        Assert.InRange(utility["error of the same network"].Value, 0, 0.1);
        Assert.Contains("8 labels", utility["error with few labels"].Note, StringComparison.Ordinal);
        var own = utility["error with few labels"];
        Assert.Equal(utility["error of the same network"].Value - own.Value, utility["error saved over the same network"].Value, 1e-12);
        Assert.Equal(utility["error of a CNN"].Value - own.Value, utility["error saved over a CNN"].Value, 1e-12);
        Assert.All(utility.Values.Skip(1), metric => Assert.InRange(metric.Value, metric.Interval!.Value.Lower, metric.Interval.Value.Upper));
        Assert.Contains(Verdict.Of(metrics)[0].Answers, answer => answer.StartsWith("The classifier of ssgan errs on ", StringComparison.Ordinal));

        // The error is that of the model which was saved.
        var splits = Splits.Create(ImageData.Open(folder["images.npz"]), run.Splits.ToOptions(), run.Seed);
        using var gan = (SemiSupervisedGan)Synthesizers.Get("ssgan").Create(run.Methods[0].Options, splits.Members.Shape, splits.Members.ClassNames);
        gan.Load(folder["run/generation/ssgan/model"]);
        Assert.Equal(gan.Classify(splits.Test).Zip(splits.Test.Labels!).Count(pair => pair.First != pair.Second) / (double)splits.Test.Count, own.Value, 1e-12);
    }

    /// <summary>Told the wrong class of four images, it gets every image wrong: it knows no other label.</summary>
    [Fact]
    public void The_supervised_network_sees_the_labelled_records_alone()
    {
        using var folder = new TempFolder();
        var members = Halves(80);
        var options = new SemiSupervisedGanOptions { Steps = 25, BatchSize = 8, Width = 4, LearningRateD = 1e-3 };
        var told = members.Subset([0, 1, 2, 3]);
        var mistaken = new ImageSet(told.Shape, told.Pixels, Array.ConvertAll(told.Labels!, label => 1 - label), told.ClassNames);
        var answers = SupervisedDiscriminator.Classify(options, mistaken, members, new FitContext(folder.Path, 1));
        Assert.Equal(members.Labels!.Select(label => 1 - label), answers);
        Assert.Contains("needs labels", Images.InputError(() => SupervisedDiscriminator.Classify(options, Images.Noise(4, 1, Size, Size), members, new FitContext(folder.Path, 1))), StringComparison.Ordinal);
    }

    private static (StudyMetrics Metrics, Study Study) Run(TempFolder folder, int steps)
    {
        NpzFile.Write(Halves(200), folder["images.npz"]);
        folder.Write("study.yaml", $$"""
            name: few-labels
            data: { path: images.npz }
            splits: { members: 0.5, nonMembers: 0.2, reference: 0.1, test: 0.2 }
            methods: [ { name: ssgan, labelled: 8, steps: {{steps}}, batchSize: 8, width: 4, latentSize: 4, learningRateD: 0.001 } ]
            sampling: { count: 20 }
            classification: { network: cnn, steps: 25, batchSize: 8 }
            """);
        var study = StudyFile.Read(folder["study.yaml"]);
        using var run = RunDirectory.Start(folder["run"], study, resume: false);
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        using var pipeline = new Pipeline(run, ledger, TimeProvider.System);
        return (pipeline.Run(), study);
    }

    private static ImageSet Halves(int count)
    {
        var images = Images.Noise(count, 1, Size, Size, classes: 2);
        for (var i = 0; i < images.Pixels.Length; i++)
            images.Pixels[i] = (byte)((images.Pixels[i] / 8) + (i % (Size * Size) / (Size * Size / 2) == images.Labels![i / (Size * Size)] ? 200 : 0));
        return images;
    }
}
