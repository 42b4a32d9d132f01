using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Tests.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Tests.Training.Private;

public sealed class PrivateTrainingTests
{
    private const int Pixels = 16;

    [Fact]
    public void Without_gradients_the_weights_walk_as_the_noise_says()
    {
        // Sum of w²/variance over 20,000 weights is χ²; within 5 standard deviations, so a false alarm once in 1.7 million.
        const int outputs = 1250, steps = 30;
        using var folder = new TempFolder();
        using var network = new Linear(Pixels, outputs, bias: false);
        var before = network.Weight.ToArray<float>();
        var plan = Plan(records: 200, batch: 20, steps, clip: 2);
        using var optimizer = new Sgd(network.Parameters, 0.5);
        using (var training = Training(plan, Images.Noise(200, 1, 4, 4), folder, network, optimizer))
        {
            for (var i = 0; i < steps; i++) Assert.True(training.TryStep((x, _) => network.Forward(x.Flatten(1)).Sum([1]) * 0));
        }
        var after = network.Weight.ToArray<float>();
        var variance = steps * Math.Pow(0.5 * plan.NoiseMultiplier.Value * 2 / 20, 2);
        var sum = before.Zip(after, (a, b) => (b - a) * (b - a) / variance).Sum();
        var freedom = before.Length;
        Assert.InRange(sum, freedom - (5 * Math.Sqrt(2.0 * freedom)), freedom + (5 * Math.Sqrt(2.0 * freedom)));
    }

    [Fact]
    public void Two_trainings_of_one_seed_have_different_noise()
    {
        using var folder = new TempFolder();
        var images = Images.Noise(50, 1, 4, 4);
        float[] Run(string run)
        {
            TorchRuntime.ManualSeed(7);
            using var network = new Linear(Pixels, 3);
            using var optimizer = new Sgd(network.Parameters, 1);
            using var training = Training(Plan(50, 10, 2), images, folder, network, optimizer, run);
            training.TryStep((x, _) => network.Forward(x.Flatten(1)).Sum([1]) * 0);
            return network.Weight.ToArray<float>();
        }

        Assert.All(Run("a").Zip(Run("b")), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Sums_are_divided_by_the_batch_expected_whatever_is_drawn()
    {
        // Every record pulls the single weight by exactly 1, so a step moves it by the drawn size over the expected one; a mean over the drawn
        // batch would move it by 1 each time. Noise at ε = 10⁶ is far below a record.
        const int steps = 40, batch = 10;
        using var folder = new TempFolder();
        using var network = new Linear(1, 1, bias: false);
        var plan = Plan(100, batch, steps, clip: 1, epsilon: 1e6);
        Assert.InRange(plan.NoiseMultiplier.Value, 0, 0.05);
        using var optimizer = new Sgd(network.Parameters, 1);
        using var training = Training(plan, Images.Noise(100, 1, 4, 4), folder, network, optimizer);
        var moves = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            var before = network.Weight.ToArray<float>()[0];
            training.TryStep((x, _) => network.Forward(Tensor.Ones([x.Size(0), 1])).Squeeze(1));
            moves[i] = before - network.Weight.ToArray<float>()[0];
        }
        Assert.All(moves, move => Assert.Equal(Math.Round(move * batch), move * batch, 0.3));
        Assert.True(moves.Select(move => Math.Round(move * batch)).Distinct().Count() > 3);
    }

    [Fact]
    public void An_empty_batch_still_adds_its_noise_and_counts()
    {
        using var folder = new TempFolder();
        using var network = new Linear(Pixels, 2);
        var before = network.Weight.ToArray<float>();
        using var optimizer = new Sgd(network.Parameters, 1);
        // No record at all, where 100 were declared.
        var members = Images.Noise(1, 1, 4, 4).Subset([]).Private(folder, declared: 100);
        using var training = new PrivateTraining("plan", Plan(100, 10, 1), members, PixelRange.Unit, network, optimizer);
        Assert.True(training.TryStep((x, _) => network.Forward(x.Flatten(1)).Sum([1])));
        Assert.All(before.Zip(network.Weight.ToArray<float>()), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.False(training.TryStep((x, _) => x.Flatten(1).Sum([1])));
    }

    [Fact]
    public void A_plan_ends_after_its_steps_and_a_restart_pays_for_what_was_lost()
    {
        using var folder = new TempFolder();
        var images = Images.Noise(100, 1, 4, 4);
        var plan = Plan(100, 10, steps: 25);
        int Steps(int most)
        {
            using var network = new Linear(Pixels, 2);
            using var optimizer = new Sgd(network.Parameters, 0.1);
            using var training = Training(plan, images, folder, network, optimizer);
            var done = 0;
            while (done < most && training.TryStep((x, _) => network.Forward(x.Flatten(1)).Sum([1]))) done++;
            return done;
        }

        Assert.Equal(3, Steps(3)); // ten are paid for
        Assert.Equal(15, Steps(100));
        Assert.Equal(0, Steps(100));
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        var spent = ledger.Extract(Accounts.Account.Fingerprint).Spent.Upper;
        Assert.Equal(new TightestAccountant(plan.Relation).EpsilonAt(plan.Event, new Delta(1e-5)).Upper.Value, spent, 1e-9);
    }

    [Fact]
    public void A_free_loss_is_neither_clipped_nor_divided()
    {
        using var folder = new TempFolder();
        using var network = new Linear(1, 1, bias: false);
        var before = network.Weight.ToArray<float>()[0];
        using var optimizer = new Sgd(network.Parameters, 1);
        using var training = Training(Plan(100, 50, 1, clip: 1e-6), Images.Noise(100, 1, 4, 4), folder, network, optimizer);
        training.TryStep((x, _) => network.Forward(Tensor.Ones([x.Size(0), 1])).Squeeze(1), free: () => network.Forward(Tensor.Full([1, 1], 3.0)).Sum());
        Assert.Equal(3, before - network.Weight.ToArray<float>()[0], 1e-4);
    }

    /// <summary>So a free loss cannot touch them by mistake; the step fails, and moves nothing.</summary>
    [Fact]
    public void Images_of_a_batch_do_not_outlive_it()
    {
        using var folder = new TempFolder();
        using var network = new Linear(Pixels, 1);
        var before = network.Weight.ToArray<float>();
        using var optimizer = new Sgd(network.Parameters, 1);
        using var training = Training(Plan(10, 10, 1), Images.Noise(10, 1, 4, 4), folder, network, optimizer);
        Tensor? kept = null;
        Assert.Throws<ObjectDisposedException>(() => training.TryStep(
            (x, _) =>
            {
                kept = x;
                return network.Forward(x.Flatten(1)).Squeeze(1);
            },
            free: () => network.Forward(kept!.Flatten(1)).Sum()));
        Assert.Equal(before, network.Weight.ToArray<float>());
    }

    [Fact]
    public void A_plan_keeps_its_epsilon_with_the_count_of_adaptive_clipping_in_it()
    {
        var flat = Plan(1000, 50, 100);
        var adaptive = DpPlan.Calibrate(new Epsilon(3), new Delta(1e-5), flat.Relation, 1000, 50, new AdaptiveClipping(1), 100);
        Assert.Null(flat.CountNoise);
        Assert.NotNull(adaptive.CountNoise);
        Assert.True(adaptive.NoiseMultiplier.CompareTo(flat.NoiseMultiplier) > 0);
        foreach (var plan in new[] { flat, adaptive })
            Assert.InRange(new TightestAccountant(plan.Relation).EpsilonAt(plan.Event, new Delta(1e-5)).Upper.Value, 2.99, 3);
        Assert.NotEqual(flat, adaptive);
    }

    [Fact]
    public void A_count_that_alone_costs_more_than_epsilon_is_refused()
    {
        var refused = Assert.Throws<ArgumentException>(() => DpPlan.Calibrate(new Epsilon(1), new Delta(1e-5), NeighbouringRelation.AddOrRemoveOne, 50, 10, new AdaptiveClipping(1), 20));
        Assert.StartsWith("clipping at a quantile counts the norms of 10 records a step, which alone costs more than epsilon 1 in 20 steps; take larger batches", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batches_of_one_size_are_padded_with_rows_that_count_for_nothing()
    {
        const int steps = 10, batch = 10;
        var terms = new LedgerAccount(new string('b', 64), "image", NeighbouringRelation.ReplaceSpecial, new Delta(1e-5));
        DpPlan Fixed(int maximum) => DpPlan.Calibrate(new Epsilon(10), terms.Delta, terms.Relation, 100, batch, new FlatClipping(1), steps, maximum);
        using var folder = new TempFolder();
        using var network = new Linear(1, 1, bias: false);
        using var optimizer = new Sgd(network.Parameters, 1);
        var plan = Fixed(40);
        Assert.IsType<TruncatedPoissonGaussianEvent>(plan.StepEvent);
        using var training = new PrivateTraining("plan", plan, Images.Noise(100, 1, 4, 4).Private(folder, account: terms), PixelRange.Unit, network, optimizer);
        var rows = new HashSet<long>();
        for (var i = 0; i < steps; i++)
        {
            var before = network.Weight.ToArray<float>()[0];
            training.TryStep((x, _) =>
            {
                rows.Add(x.Size(0));
                return network.Forward(Tensor.Ones([x.Size(0), 1])).Squeeze(1);
            });
            // As many records as were drawn, which 40 rows would not be, once in 10¹² steps; the noise is of about one record.
            Assert.InRange((before - network.Weight.ToArray<float>()[0]) * batch, -2, 35);
        }
        Assert.Equal([3, 40], rows.Order()); // three made-up images, on which the losses are tried first
        Assert.True(Fixed(11).NoiseMultiplier.CompareTo(Fixed(60).NoiseMultiplier) > 0);
        Assert.Throws<UnsupportedEventException>(() => DpPlan.Calibrate(new Epsilon(1), terms.Delta, NeighbouringRelation.AddOrRemoveOne, 100, batch, new FlatClipping(1), 1, 40));
        Assert.Throws<ArgumentException>(() => new PrivateTraining("plan", plan, Images.Noise(99, 1, 4, 4).Private(folder, "other", 100, terms), PixelRange.Unit, network, optimizer));
    }

    [Fact]
    public void Data_of_other_terms_than_the_plans_are_refused()
    {
        using var folder = new TempFolder();
        using var network = new Linear(Pixels, 2);
        using var optimizer = new Sgd(network.Parameters, 0.1);
        var members = Images.Noise(100, 1, 4, 4).Private(folder, declared: 90);
        Assert.Throws<ArgumentException>(() => new PrivateTraining("plan", Plan(100, 10, 1), members, PixelRange.Unit, network, optimizer));
    }

    private static DpPlan Plan(long records, int batch, long steps, double clip = 1, double epsilon = 3) =>
        DpPlan.Calibrate(new Epsilon(epsilon), new Delta(1e-5), NeighbouringRelation.AddOrRemoveOne, records, batch, new FlatClipping(clip), steps);

    private static PrivateTraining Training(DpPlan plan, ImageSet images, TempFolder folder, Module network, Optimizer optimizer, string run = "test") =>
        new("plan", plan, images.Private(folder, run), PixelRange.Unit, network, optimizer);
}
