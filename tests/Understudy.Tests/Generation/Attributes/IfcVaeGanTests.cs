using System.Globalization;
using Understudy.Data;
using Understudy.Generation.Attributes;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Tests.Generation.Attributes;

public sealed class IfcVaeGanTests
{
    private static readonly IfcVaeGanOptions Small = new() { Steps = 5, BatchSize = 8, Width = 4, LatentSize = 6, CheckpointEvery = 2, LearningRate = 5e-3 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_training_stopped_and_resumed_ends_as_one_that_was_not(bool normalizeCodes)
    {
        using var unbroken = new TempFolder();
        using var broken = new TempFolder();
        var members = Images.Noise(30, 1, 28, 28, classes: 2);
        var options = Small with { Steps = 9, CheckpointEvery = 4, NormalizeCodes = normalizeCodes, AttributeTrunk = normalizeCodes ? AttributeTrunk.Own : AttributeTrunk.Shared, AuxSteps = 2 };
        using var expected = Fitted(members, options, unbroken);
        using var stop = new CancellationTokenSource();
        var stopping = new Relay(progress => { if (progress.Done == 5) stop.Cancel(); });
        using var cancelled = new IfcVaeGan(options, members.Shape, members.ClassNames);
        Assert.Throws<OperationCanceledException>(() => cancelled.Fit(members.Private(broken), new FitContext(broken.Path, 1, stopping, stop.Token)));
        using var actual = Fitted(members, options, broken);

        Assert.Equal(expected.Edit(members, 1).Pixels, actual.Edit(members, 1).Pixels);
        Assert.Equal(File.ReadAllText(unbroken["losses.csv"]), File.ReadAllText(broken["losses.csv"]));
    }

    [Theory]
    [InlineData(1, 28)]
    [InlineData(3, 32)]
    public void A_saved_editor_edits_alike_and_holds_no_record(int channels, int size)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(20, channels, size, size, classes: 2);
        var options = Small with { NormalizeCodes = channels == 3, AttributeTrunk = channels == 3 ? AttributeTrunk.Own : AttributeTrunk.Shared };
        using var fitted = Fitted(members, options, folder);
        new EditorFile(members.Shape, members.ClassNames, options).Write(fitted, folder["model"]);
        var (file, opened) = EditorFile.Open(folder["model"]);
        using (opened)
        {
            Assert.Equal(members.Shape, file.Shape);
            Assert.Equal(members.ClassNames, file.Values);
            foreach (int? value in new int?[] { 0, 1, null }) Assert.Equal(fitted.Edit(members, value).Pixels, opened.Edit(members, value).Pixels);
            Assert.Equal(fitted.Attribute(members), opened.Attribute(members));
            Assert.Equal(fitted.Sample(6, 3, [0, 1, 0, 1, 0, 1]).Pixels, opened.Sample(6, 3, [0, 1, 0, 1, 0, 1]).Pixels);
        }
        Records.AssertAbsent(members, Directory.GetFiles(folder["model"]));
    }

    [Fact]
    public void An_edit_draws_nothing_at_random_and_depends_on_the_value()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(20, 1, 28, 28, classes: 2);
        using var model = Fitted(members, Small with { Steps = 40 }, folder);
        Assert.Equal(model.Edit(members, 1).Pixels, model.Edit(members, 1).Pixels);
        Assert.NotEqual(model.Edit(members, 1).Pixels, model.Edit(members, 0).Pixels);
    }

    [Fact]
    public void The_rate_falls_in_the_second_half_alone()
    {
        using var constant = new TempFolder();
        using var decayed = new TempFolder();
        var members = Images.Noise(30, 1, 28, 28, classes: 2);
        var options = Small with { Steps = 9, LearningRateDecay = true };
        Fitted(members, options with { LearningRateDecay = false }, constant).Dispose();
        Fitted(members, options, decayed).Dispose();
        string[] expected = File.ReadAllLines(constant["losses.csv"]), actual = File.ReadAllLines(decayed["losses.csv"]);
        // A header, steps 0 to 4 at the full rate, and the losses of step 5, which the steps before it decide: 4 of them had the full rate, and that of step 4 is 5/5 of it.
        Assert.Equal(expected[..7], actual[..7]);
        Assert.All(expected[7..].Zip(actual[7..]), rows => Assert.NotEqual(rows.First, rows.Second));
    }

    // Whatever the encoder has learnt of a value that shows in means or variances is gone from the codes of the members themselves.
    [Fact]
    public void Normalised_codes_of_members_have_mean_0_and_variance_1_for_either_value()
    {
        using var folder = new TempFolder();
        using var scope = new TensorScope();
        var members = Brightness(40);
        using var model = Fitted(members, Small with { Steps = 400, Rho = 64, LearningRate = 1e-3, EmaDecay = 0, NormalizeCodes = true }, folder);
        // Codes are normalised by the value that the encoder reads.
        Assert.Equal(members.Labels!, model.Attribute(members).Select(p => p >= 0.5f ? 1 : 0));
        for (var value = 0; value < 2; value++)
        {
            var codes = model.Encode(members.Subset([.. Enumerable.Range(0, 40).Where(i => members.Labels![i] == value)]));
            Assert.True(codes.Mean([0]).Abs().Max().Item<float>() < 1e-3);
            Assert.True((codes.Square().Mean([0]) - 1).Abs().Max().Item<float>() < 1e-2);
        }
    }

    // Dark images against bright ones: the head reads a probability on both sides of one half.
    [Fact]
    public void The_encoder_reads_the_attribute_with_a_threshold_of_one_half()
    {
        using var folder = new TempFolder();
        var members = Brightness(40);
        using var model = Fitted(members, Small with { Steps = 300, Rho = 64, LearningRate = 1e-3, EmaDecay = 0 }, folder);
        Assert.Equal(members.Labels!, model.Attribute(members).Select(p => p >= 0.5f ? 1 : 0));
    }

    // With γ the first step is the same but for the encoder's update, so the second adversary's loss differs; its ramp makes it grow from 0.
    [Fact]
    public void Gamma_changes_the_codes_and_nothing_before_them()
    {
        var members = Brightness(40);
        var (with, without) = (Losses(Small with { Gamma = 500, GammaRampSteps = 0 }), Losses(Small with { Gamma = 0 }));
        Assert.Equal(without[0], with[0]);
        Assert.NotEqual(without[^1], with[^1]);

        double[][] Losses(IfcVaeGanOptions options)
        {
            using var folder = new TempFolder();
            using var model = Fitted(members, options, folder);
            return [.. File.ReadAllLines(folder["losses.csv"]).Skip(1).Select(line => Array.ConvertAll(line.Split(','), text => double.Parse(text, CultureInfo.InvariantCulture)))];
        }
    }

    // γ's slope goes through the adversary, and must not be left in it for the adversary's own update, which would then be away from the attribute.
    [Fact]
    public void What_hides_the_attribute_leaves_no_slope_in_the_adversary()
    {
        var members = Brightness(40);
        Assert.Equal(Adversary(0), Adversary(500));

        float[] Adversary(double gamma)
        {
            using var folder = new TempFolder();
            using var model = Fitted(members, Small with { Steps = 1, Gamma = gamma, GammaRampSteps = 0 }, folder);
            return StateDictionary.Load(folder["checkpoint.pt"]).Under("adversary/")["0.weight"].ToArray<float>();
        }
    }

    // ŷ is not detached, as published: the head moves for the reconstruction's sake too, and still reads the attribute (the test above).
    [Fact]
    public void The_error_of_a_reconstruction_moves_the_attribute_head_too()
    {
        var members = Brightness(40);
        Assert.NotEqual(Head(1), Head(4));

        float[] Head(int steps)
        {
            using var folder = new TempFolder();
            using var model = Fitted(members, Small with { Steps = steps, Alpha = 0, Rho = 0, Beta = 0, Gamma = 0, Delta = 0 }, folder);
            return StateDictionary.Load(folder["checkpoint.pt"]).Under("encoder/")["attribute.weight"].ToArray<float>();
        }
    }

    [Fact]
    public void Three_classes_are_refused_in_one_line_and_so_is_a_folder_without_a_model()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(9, 1, 28, 28, classes: 3);
        Assert.Contains("two values", Images.InputError(() => Fitted(members, Small, folder)), StringComparison.Ordinal);
        Assert.Contains("editor.json", Images.InputError(() => EditorFile.Open(folder.Path)), StringComparison.Ordinal);
        folder.Write("editor.json", "{ \"shape\": ");
        Assert.Contains("damaged", Images.InputError(() => EditorFile.Open(folder.Path)), StringComparison.Ordinal);
    }

    private static ImageSet Brightness(int count)
    {
        var noise = Images.Noise(count, 1, 28, 28, classes: 2);
        return new ImageSet(noise.Shape, [.. noise.Pixels.Select((v, at) => (byte)(v / 3 + 150 * noise.Labels![at / 784]))], noise.Labels, noise.ClassNames);
    }

    private static IfcVaeGan Fitted(ImageSet members, IfcVaeGanOptions options, TempFolder folder)
    {
        var model = new IfcVaeGan(options, members.Shape, members.ClassNames);
        model.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        return model;
    }

    private sealed class Relay(Action<StageProgress> report) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => report(value);
    }
}
