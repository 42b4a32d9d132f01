using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Dual;
using Understudy.Generation.Networks;
using Understudy.Metrics;
using Understudy.Privacy.Ledger;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Tests.Generation.Dual;

public sealed class DualGanTests
{
    private const double Epsilon = 3;
    private static readonly DualGanOptions Small = new() { MaskSteps = 3, ImageSteps = 2, BatchSize = 4, LatentSize = 6, MaskWidth = 2, ImageWidth = 4 };

    [Theory]
    [InlineData("dual-gan", 32, 1)]
    [InlineData("dual-gan", 64, 3)]
    [InlineData("dual-gan", 128, 1)]
    [InlineData("dp-dual-gan", 32, 3)]
    [InlineData("dp-dual-gan", 128, 1)]
    public void Pairs_come_out_as_they_went_in_and_the_model_holds_no_record(string method, int side, int channels)
    {
        using var folder = new TempFolder();
        var members = Pairs.Ellipses(12, side, channels);
        using var synthesizer = Fitted(method, members, folder);
        synthesizer.Save(folder["model"]);
        using var loaded = Create(method, members.Shape);
        loaded.Load(folder["model"]);
        var sample = synthesizer.Sample(5, seed: 9);
        Assert.Equal(members.Shape, sample.Shape);
        Assert.Equal(5, sample.Count);
        Assert.All(ImagePairs.Masks(sample).Pixels, value => Assert.True(value is 0 or 255));
        Assert.Equal(sample.Pixels, loaded.Sample(5, seed: 9).Pixels);
        NpzFile.Write(sample, folder["samples.npz"]);
        Records.AssertAbsent(members, Directory.GetFiles(folder["model"], "*", SearchOption.AllDirectories).Append(folder["samples.npz"]));
        var losses = File.ReadAllLines(folder["losses.csv"]);
        Assert.StartsWith("step,masks discriminator", losses[0], StringComparison.Ordinal);
        Assert.All(losses, line => Assert.Equal(losses[0].Count(c => c == ','), line.Count(c => c == ',')));
    }

    [Fact]
    public void Losses_are_told_of_every_update_of_stage_one()
    {
        using var folder = new TempFolder();
        Fitted("dual-gan", Pairs.Ellipses(8), folder).Dispose();
        Assert.Equal("step,discriminator,generator1,generator2", File.ReadLines(folder["masks/losses.csv"]).First());
    }

    [Fact]
    public void Both_stages_are_reserved_before_anything_is_spent_and_keep_one_epsilon()
    {
        using var folder = new TempFolder();
        var members = Pairs.Ellipses(12);
        using var synthesizer = Create("dp-dual-gan", members.Shape);
        var plans = synthesizer.Plans(Accounts.Account, members.Count);
        Assert.Equal(["stage I discriminator", "stage II discriminator", "stage II generator"], plans.Select(plan => plan.Label));
        Assert.Single(plans.Select(plan => plan.Event).Distinct());
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        var extract = ledger.Extract(Accounts.Account.Fingerprint);
        var reservation = Assert.Single(extract.Reservations);
        Assert.Equal(plans.Select(plan => (plan.Label, plan.Steps, plan.Steps)), reservation.Plans.Select(plan => (plan.Label, plan.Reserved, plan.Spent)));
        Assert.InRange(extract.Spent.Upper, 0.99 * Epsilon, Epsilon);
        Assert.Empty(extract.Unaccounted);
        Assert.Equal(plans.Select(plan => (plan.Label, plan.Steps)), synthesizer.PlansDone.Select(plan => (plan.Label, plan.Kept)));
    }

    // The L1 term compares G's image with a private one: whatever a record is, it moves G's update by no more than the bound.
    [Fact]
    public void The_private_generator_of_stage_two_is_noised_too()
    {
        using var first = new TempFolder();
        using var second = new TempFolder();
        var members = Pairs.Ellipses(12);
        using var a = Fitted("dp-dual-gan", members, first);
        using var b = Fitted("dp-dual-gan", members, second);
        // Same seed, same records: only the noise differs, which no seed decides.
        Assert.NotEqual(a.Sample(4, 1).Pixels, b.Sample(4, 1).Pixels);
        using var c = new TempFolder();
        using var d = new TempFolder();
        using var plain = Fitted("dual-gan", members, c);
        using var again = Fitted("dual-gan", members, d);
        Assert.Equal(plain.Sample(4, 1).Pixels, again.Sample(4, 1).Pixels);
    }

    // What is clipped is each record's whole loss: the distance to its own image too, and no other record's.
    [Fact]
    public void The_distance_to_a_private_image_is_in_the_loss_of_that_record_alone()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(4);
        var shape = Pairs.Ellipses(1).Shape;
        using var painter = new MaskPainter(shape, 4, MaskCleaning.Regions, mixes: false, seed: 1);
        var pairs = Tensor.Cat([Tensor.Rand([3, 1, 32, 32]), Tensor.Ones([3, 1, 32, 32])], 1);
        var changed = pairs.Clone();
        changed.Narrow(0, 1, 1).Narrow(1, 0, 1).Fill(-1);
        var change = Losses(changed, 10).Zip(Losses(pairs, 10), (a, b) => a - b).ToArray();
        Assert.Equal(0, change[0], 1e-4);
        Assert.NotEqual(0, change[1], 1e-2);
        Assert.Equal(0, change[2], 1e-4);
        // Without λ the loss does not look at the image.
        Assert.Equal(Losses(pairs, 0), Losses(changed, 0));

        float[] Losses(Tensor records, double lambda)
        {
            TorchRuntime.ManualSeed(6); // masks are varied at random
            using var gan = new DpDualGan(new DpDualGanOptions { Lambda = lambda }, shape);
            return gan.PainterLosses(painter, records).ToArray<float>();
        }
    }

    [Fact]
    public void Stage_one_judges_masks_through_noise()
    {
        var members = Pairs.Ellipses(32);
        Assert.NotEqual(Losses(1), Losses(0));
        Assert.Equal(Losses(0.5), Losses(0.5));

        string[] Losses(double noise)
        {
            using var folder = new TempFolder();
            using var method = new DualGan(Small with { MaskNoise = noise }, members.Shape);
            method.Fit(members.Private(folder), new FitContext(folder.Path, 1));
            return File.ReadAllLines(folder["masks/losses.csv"]);
        }
    }

    [Fact]
    public void What_has_no_masks_or_no_batch_is_refused()
    {
        using var folder = new TempFolder();
        Assert.Contains("pairs of images and masks", Images.InputError(() => Create("dual-gan", new ImageShape(1, 32, 32))), StringComparison.Ordinal);
        var few = Pairs.Ellipses(3);
        Assert.Contains("'maskNoise'", Images.InputError(() => new DpDualGan(new DpDualGanOptions { MaskNoise = 1 }, few.Shape).Dispose()), StringComparison.Ordinal);
        Assert.Contains("batchSize", Images.InputError(() => Create("dp-dual-gan", few.Shape).Fit(few.Private(folder), new FitContext(folder.Path, 1))), StringComparison.Ordinal);
    }

    // A fixed target of 30×30 would be right for 256×256 alone.
    [Theory]
    [InlineData(64, 14)]
    [InlineData(256, 30)]
    [InlineData(512, 62)]
    public void The_map_of_patches_follows_from_the_size(int side, int map)
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        using var network = PatchDiscriminator.Build(2, 1, PatchDiscriminator.LayersFor(side), normalized: false);
        var logits = network.Forward(Tensor.RandN([2, 2, side, side]));
        Assert.Equal([2, 1, map, map], logits.Shape);
        Assert.Equal([2], MaskPainter.Real(logits).Shape);
    }

    [Theory]
    [InlineData(63, 25)]
    [InlineData(64, 25)]
    [InlineData(128, 100)]
    public void Lambda_follows_the_size_unless_it_is_given(int side, double lambda)
    {
        Assert.Equal(lambda, new DualGanOptions().LambdaFor(side));
        Assert.Equal(1, new DualGanOptions { Lambda = 1 }.LambdaFor(side));
    }

    [Fact]
    public void Degenerate_masks_are_dropped()
    {
        var filter = MaskFilter.Of(ImagePairs.Masks(Pairs.Ellipses(20)));
        Assert.InRange(filter.Foreground, 0.05, 0.3);
        Assert.Equal(1, filter.Components);
        byte[] Draw(Func<int, int, bool> inside) => [.. Enumerable.Range(0, 1024).Select(p => inside(p % 32, p / 32) ? byte.MaxValue : (byte)0)];
        Assert.True(filter.Keeps(Draw((x, y) => x is > 8 and < 22 && y is > 8 and < 22), 32));
        Assert.False(filter.Keeps(new byte[1024], 32));
        Assert.False(filter.Keeps(Draw((x, y) => x < 4 && y < 4), 32));
        Assert.False(filter.Keeps(Draw((_, _) => true), 32));
        Assert.False(filter.Keeps(Draw((x, y) => x % 4 == 0 && y % 4 == 0), 32)); // 64 pieces
    }

    // As in slices of which most show no lesion: the median of all would be 0, and drop whatever has foreground.
    [Fact]
    public void Empty_masks_say_nothing_of_what_a_mask_should_be_like()
    {
        var ellipses = ImagePairs.Masks(Pairs.Ellipses(2));
        var filter = MaskFilter.Of(ImageSet.Concat([new ImageSet(ellipses.Shape, new byte[3 * 1024]), ellipses]));
        Assert.True(filter.Keeps(ellipses.Image(0), 32));
        Assert.False(filter.Keeps(new byte[1024], 32));
        Assert.True(MaskFilter.Of(new ImageSet(ellipses.Shape, new byte[1024])).Keeps(ellipses.Image(0), 32));
    }

    [Fact]
    public void Pairs_whose_masks_show_nothing_are_refused()
    {
        using var folder = new TempFolder();
        var pairs = ImagePairs.Join(ImagePairs.Images(Pairs.Ellipses(8)), new ImageSet(new ImageShape(1, 32, 32), new byte[8 * 1024]));
        Assert.Contains("no mask of the training pairs has any foreground", Images.InputError(() => Fitted("dual-gan", pairs, folder)), StringComparison.Ordinal);
    }

    // What the filter drops fills up where stage I has failed; what it has kept is released once.
    [Fact]
    public void Masks_that_fill_up_are_none_that_were_kept()
    {
        using var folder = new TempFolder();
        var pairs = Pairs.Ellipses(12);
        var options = Small with { MaskSteps = 60 };
        using var fitted = (DualGanBase)Synthesizers.Get("dual-gan").Create(options, pairs.Shape, []);
        fitted.Fit(pairs.Private(folder), new FitContext(folder.Path, 1));
        fitted.Save(folder["model"]);
        var geometry = ImagePairs.Masks(fitted.Sample(200, seed: 1));
        var shares = Enumerable.Range(0, 200).Select(i => MaskGeometry.Of(geometry.Image(i), 32).Foreground).Order().ToArray();
        File.WriteAllText(folder["model/filter.json"], JsonText.Write(new MaskFilter(Foreground: shares[^16] / 0.2, Components: 1024)));
        using var strict = (DualGanBase)Synthesizers.Get("dual-gan").Create(options, pairs.Shape, []);
        strict.Load(folder["model"]);
        var masks = ImagePairs.Masks(strict.Sample(100, seed: 2));
        var drawn = Enumerable.Range(0, 100).Select(i => Convert.ToHexString(masks.Image(i))).ToArray();
        var kept = Enumerable.Range(0, 100).Where(i => MaskGeometry.Of(masks.Image(i), 32).Foreground >= shares[^16]).Select(i => drawn[i]).ToArray();
        Assert.True(kept.Length is > 4 and < 100, $"{kept.Length} kept");
        Assert.Equal(kept.Length, kept.Distinct().Count());
    }

    // Real masks and those of stage I go through the same smoothing, so that stage II sees one kind.
    [Fact]
    public void Smoothing_settles_and_varying_changes_edges_and_makes_holes()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(1);
        var masks = ImagePairs.Masks(Pairs.Ellipses(64));
        var speckled = new ImageSet(masks.Shape, [.. masks.Pixels.Select((v, p) => p % 32 % 5 == 0 && p / 32 % 5 == 0 ? (byte)(255 - v) : v)]);
        var smooth = MaskCleaning.Regions.Smooth(speckled);
        var overlap = Enumerable.Range(0, 64).Average(i => CopyCheck.Overlap(smooth.Image(i), masks.Image(i)));
        Assert.True(overlap > 0.97);
        var x = Tensor.From(smooth.Pixels, 64, 1, 32, 32).To(DType.Float32) / 127.5 - 1;
        var varied = MaskCleaning.Regions.Vary(x);
        Assert.Equal(1, varied.Abs().Min().Item<float>());
        var change = (varied - x).Sum([1, 2, 3]).ToArray<float>();
        Assert.InRange(change.Count(v => v == 0), 6, 26); // a quarter of 64; binomial, 1e-3
        Assert.InRange(change.Count(v => v > 0), 6, 26);
        Assert.InRange(change.Count(v => v < 0), 16, 48);
        // Each record by itself: a mask does not change with those beside it.
        Assert.True((MaskCleaning.Regions.Smooth(x).Narrow(0, 3, 1) - MaskCleaning.Regions.Smooth(x.Narrow(0, 3, 1))).Abs().Max().Item<float>() == 0);
    }

    // 20 pairs learnt by heart, each with a texture of its own: what is painted onto their masks must be flagged, and fresh pairs must not.
    [Fact]
    public void A_stage_two_that_learnt_few_images_by_heart_is_flagged()
    {
        using var folder = new TempFolder();
        var (members, held, fresh) = (Pairs.Textured(20, 1), Pairs.Textured(60, 2), Pairs.Textured(60, 3));
        var options = new DualGanOptions { MaskSteps = 1, ImageSteps = 250, BatchSize = 10, MaskWidth = 2, ImageWidth = 8, LearningRate = 2e-3, CheckpointEvery = 1000 };
        using var synthesizer = new DualGan(options, members.Shape);
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        synthesizer.Save(folder["model"]);
        using var painter = new MaskPainter(members.Shape, options.ImageWidth, MaskCleaning.Regions, mixes: true, seed: 1);
        painter.Load(folder["model/images"]);
        var painted = painter.Paint(ImagePairs.Masks(members));
        var check = CopyCheck.Measure(painted, members, held);
        Assert.True(check.IsFlagged && check.Images.Interval!.Value.Lower > 0.5, check.Images.ToString());
        Assert.False(CopyCheck.Measure(fresh, members, held).IsFlagged);

        // Dropout gives a mask another image for another seed, and the same for the same.
        var noisy = painter.Paint(ImagePairs.Masks(members), noise: 1);
        Assert.Equal(noisy.Pixels, painter.Paint(ImagePairs.Masks(members), noise: 1).Pixels);
        Assert.NotEqual(noisy.Pixels, painter.Paint(ImagePairs.Masks(members), noise: 2).Pixels);
        Assert.Equal(painted.Pixels, painter.Paint(ImagePairs.Masks(members)).Pixels);
    }

    // As in pix2pix: the same masks, but other images than those without dropout.
    [Fact]
    public void Samples_are_painted_with_dropout_at_work_unless_told_otherwise()
    {
        using var folder = new TempFolder();
        var members = Pairs.Ellipses(8);
        using var fitted = new DualGan(Small with { ImageSteps = 30, LearningRate = 5e-3 }, members.Shape);
        fitted.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        fitted.Save(folder["model"]);
        using var quiet = new DualGan(Small with { NoisyPainting = false }, members.Shape);
        quiet.Load(folder["model"]);
        var (noisy, plain) = (fitted.Sample(5, seed: 9), quiet.Sample(5, seed: 9));
        Assert.Equal(ImagePairs.Masks(plain).Pixels, ImagePairs.Masks(noisy).Pixels);
        Assert.NotEqual(ImagePairs.Images(plain).Pixels, ImagePairs.Images(noisy).Pixels);
    }

    private static DualGanBase Fitted(string method, ImageSet members, TempFolder folder)
    {
        var synthesizer = Create(method, members.Shape);
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        return synthesizer;
    }

    private static DualGanBase Create(string method, ImageShape shape)
    {
        object options = method == "dual-gan"
            ? Small
            : new DpDualGanOptions { MaskSteps = 3, ImageSteps = 2, BatchSize = 4, LatentSize = 6, MaskWidth = 2, ImageWidth = 2, Epsilon = Epsilon };
        return (DualGanBase)Synthesizers.Get(method).Create(options, shape, []);
    }
}
