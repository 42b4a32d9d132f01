using Understudy.Data;
using Understudy.Generation.Denoising;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Tests.Generation.Denoising;

public sealed class SsDaaeTests
{
    private static readonly SsDaaeOptions Small = new() { Steps = 6, BatchSize = 4, Width = 4, LatentSize = 5, CheckpointEvery = 2 };

    [Fact]
    public void A_predicted_class_is_taught_by_the_reconstruction_only_once_it_is_not_detached()
    {
        Assert.Equal(0, Gradient(isDetached: true));
        Assert.NotEqual(0, Gradient(isDetached: false));

        static float Gradient(bool isDetached)
        {
            using var scope = new TensorScope();
            var known = Tensor.From([1f, 0f], 1, 2);
            var predicted = Tensor.Full([3, 2], 0.5);
            predicted.RequiresGrad = true;
            var y = SsDaae.DecoderLabels(known, predicted, isDetached);
            Assert.Equal([1f, 0f, 0.5f, 0.5f, 0.5f, 0.5f], y.ToArray<float>());
            (y.Square().Sum() + (0 * predicted.Sum())).Backward();
            return predicted.Grad!.Abs().Sum().Item<float>();
        }
    }

    [Fact]
    public void A_training_stopped_and_resumed_selects_the_same_encoder()
    {
        using var unbroken = new TempFolder();
        using var broken = new TempFolder();
        var members = Images.Noise(20, 1, 28, 28, classes: 2);
        var options = Small with { Steps = 110, CheckpointEvery = 30 };
        using var expected = new SsDaae(options, members.Shape, members.ClassNames);
        expected.Train(members, new FitContext(unbroken.Path, 1), (members, Score));

        using var stop = new CancellationTokenSource();
        var stopping = new Relay(progress => { if (progress.Done == 70) stop.Cancel(); });
        using var stopped = new SsDaae(options, members.Shape, members.ClassNames);
        Assert.Throws<OperationCanceledException>(() => stopped.Train(members, new FitContext(broken.Path, 1, stopping, stop.Token), (members, Score)));
        using var actual = new SsDaae(options, members.Shape, members.ClassNames);
        actual.Train(members, new FitContext(broken.Path, 1), (members, Score));

        Assert.Equal(expected.Probabilities(members), actual.Probabilities(members));
        Assert.Equal(File.ReadAllText(unbroken["losses.csv"]), File.ReadAllText(broken["losses.csv"]));
        Assert.EndsWith(",entropy", File.ReadLines(unbroken["losses.csv"]).First(), StringComparison.Ordinal);

        // The first of two validations scores highest, so that what is kept is not the last encoder.
        static double Score(float[] probabilities) => -probabilities.Select(p => Math.Abs(p - 0.5)).Sum();
    }

    [Fact]
    public void The_encoder_with_the_best_score_is_kept_and_not_the_last()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(20, 1, 28, 28, classes: 2);
        var seen = new List<float[]>();
        var scores = new Queue<double>([1, 3, 2]);
        using var model = new SsDaae(Small with { Steps = 150, CheckpointEvery = 200 }, members.Shape, members.ClassNames);
        model.Train(members, new FitContext(folder.Path, 1), (members, probabilities =>
        {
            seen.Add(probabilities);
            return scores.Dequeue();
        }));
        Assert.Equal(3, seen.Count);
        Assert.Equal(seen[1], model.Probabilities(members));
        Assert.NotEqual(seen[2], model.Probabilities(members));
    }

    [Fact]
    public void A_saved_model_draws_the_classes_asked_for_and_predicts_alike()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(20, 1, 28, 28, classes: 2);
        using var fitted = new SsDaae(Small, members.Shape, members.ClassNames);
        fitted.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        fitted.Save(folder["model"]);
        using var loaded = new SsDaae(Small, members.Shape, members.ClassNames);
        loaded.Load(folder["model"]);
        Assert.Equal(fitted.Probabilities(members), loaded.Probabilities(members));
        Assert.Equal(fitted.Sample(5, 9, [0, 1, 1, 0, 1]).Pixels, loaded.Sample(5, 9, [0, 1, 1, 0, 1]).Pixels);
        Assert.Equal([0, 1, 1, 0, 1], loaded.Sample(5, 9, [0, 1, 1, 0, 1]).Labels!);
    }

    // Labels beyond the budget must not matter: with those of all other images flipped the training is the same.
    [Fact]
    public void Labels_beyond_the_budget_are_never_looked_at()
    {
        var members = Images.Noise(40, 1, 28, 28, classes: 2);
        var options = Small with { Labels = 10 };
        var used = new Understudy.Data.Splitting.SplitOrder(members, 40, Seed.Derive(1, "labels")).Take("labels", 10);
        var others = new int[40];
        for (var i = 0; i < 40; i++) others[i] = used.Contains(i) ? members.Labels![i] : 1 - members.Labels![i];
        Assert.Equal(Trained(members), Trained(new ImageSet(members.Shape, members.Pixels, others, members.ClassNames), used));

        float[] Trained(ImageSet set, int[]? expected = null)
        {
            using var folder = new TempFolder();
            using var model = new SsDaae(options, set.Shape, set.ClassNames);
            if (expected is null) model.Train(set, new FitContext(folder.Path, 1), null);
            else model.Train(set, expected, new FitContext(folder.Path, 1), null);
            return model.Probabilities(members);
        }
    }

    [Fact]
    public void A_budget_that_misses_a_class_is_refused_in_one_line()
    {
        using var folder = new TempFolder();
        var labels = new int[40];
        labels[0] = 1;
        var members = new ImageSet(new ImageShape(1, 28, 28), Images.Noise(40, 1, 28, 28).Pixels, labels, ["common", "rare"]);
        var rare = new SsDaae(Small with { Labels = 2 }, members.Shape, members.ClassNames);
        var message = Images.InputError(() =>
        {
            for (ulong seed = 0; seed < 50; seed++) rare.Train(members, new FitContext(folder[$"{seed}"], seed), null);
        });
        Assert.Contains("none of class 'rare'", message, StringComparison.Ordinal);
    }

    private sealed class Relay(Action<StageProgress> report) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => report(value);
    }
}
