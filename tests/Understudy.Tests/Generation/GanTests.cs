using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Gan;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Generation;

public sealed class GanTests
{
    // Methods that denoise or edit take other data, and baselines train in no steps: they have tests of their own.
    private static readonly string[] Methods =
        [.. Synthesizers.All.Where(entry => entry.Card is { Modality: "image", Guarantee: MethodCard.NoGuarantee }
            && entry.OptionsType.Namespace is not ("Understudy.Generation.Baselines" or "Understudy.Generation.Denoising" or "Understudy.Generation.Attributes")).Select(entry => entry.Card.Name)];

    public static TheoryData<string, int, int> Shapes()
    {
        var data = new TheoryData<string, int, int>();
        foreach (var method in Methods)
        {
            foreach (var (size, channels) in new[] { (32, 3), (64, 1) }) data.Add(method, size, channels);
        }
        return data;
    }

    public static TheoryData<string> Names() => [.. Methods];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_method_learns_every_size_in_grey_and_colour(string method, int size, int channels)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(12, channels, size, size, classes: 3);
        var synthesizer = Fitted(method, members, folder, steps: 1);
        var sample = synthesizer.Sample(7, seed: 1);
        Assert.Equal(members.Shape, sample.Shape);
        Assert.Equal(7, sample.Count);
        Assert.Equal(synthesizer.IsConditional, sample.Labels is not null);
        Assert.NotEqual(sample.Image(0).ToArray(), sample.Image(1).ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_training_stopped_and_resumed_ends_as_one_that_was_not(string method)
    {
        using var unbroken = new TempFolder();
        using var broken = new TempFolder();
        var members = Images.Noise(40, 1, 28, 28, classes: 2);
        var expected = Fitted(method, members, unbroken, steps: 9, checkpointEvery: 4);

        using var stop = new CancellationTokenSource();
        var stopping = new Relay(progress => { if (progress.Done == 5) stop.Cancel(); });
        Assert.Throws<OperationCanceledException>(() => Create(method, members, 9, 4).Fit(members.Private(broken), new FitContext(broken.Path, 1, stopping, stop.Token)));
        var actual = Fitted(method, members, broken, steps: 9, checkpointEvery: 4);

        Assert.Equal(expected.Sample(8, 3).Pixels, actual.Sample(8, 3).Pixels);
        Assert.Equal(File.ReadAllText(unbroken["losses.csv"]), File.ReadAllText(broken["losses.csv"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_saved_model_draws_the_same_images_and_another_seed_others(string method)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(20, 1, 28, 28, classes: 2);
        var fitted = Fitted(method, members, folder, steps: 3);
        fitted.Save(folder["model"]);
        var loaded = Create(method, members, 3, 500);
        loaded.Load(folder["model"]);
        Assert.Equal(fitted.Sample(5, 9).Pixels, loaded.Sample(5, 9).Pixels);
        Assert.NotEqual(fitted.Sample(5, 9).Pixels, loaded.Sample(5, 10).Pixels);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_saved_model_holds_no_training_image(string method)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(20, 1, 28, 28, classes: 2);
        Fitted(method, members, folder, steps: 2).Save(folder["model"]);
        Records.AssertAbsent(members, Directory.GetFiles(folder["model"]));
    }

    [Theory]
    [InlineData("cgan")]
    [InlineData("acgan")]
    public void A_conditional_method_draws_the_classes_asked_for_and_wants_labels(string method)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(12, 1, 28, 28, classes: 3);
        Assert.Equal([2, 2, 0], Fitted(method, members, folder, steps: 1).Sample(3, 1, [2, 2, 0]).Labels!);
        var unlabelled = new ImageSet(members.Shape, members.Pixels);
        Assert.Contains("no labels", Images.InputError(() => Create(method, members, 1, 1).Fit(unlabelled.Private(folder), new FitContext(folder["other"], 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_without_a_network_is_refused_with_the_sizes_there_are()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(4, 1, 30, 28);
        Assert.Contains("28x28, 32x32, 64x64 or 128x128", Images.InputError(() => Fitted("dcgan", members, folder, steps: 1)), StringComparison.Ordinal);
    }

    private static Synthesizer Create(string method, ImageSet members, int steps, int checkpointEvery)
    {
        var entry = Synthesizers.Get(method);
        return entry.Create(SmallOptions.Of(entry, steps, checkpointEvery), members.Shape, members.ClassNames);
    }

    private static Synthesizer Fitted(string method, ImageSet members, TempFolder folder, int steps, int checkpointEvery = 500)
    {
        var synthesizer = Create(method, members, steps, checkpointEvery);
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        return synthesizer;
    }

    private sealed class Relay(Action<StageProgress> report) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => report(value);
    }
}
