using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Events;
using Understudy.Privacy.Sampling;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>The training by the book with one bug each.</summary>
internal static class StepMutants
{
    /// <summary>By the bug's name: the check that must catch it, and the training that has it.</summary>
    public static readonly Dictionary<string, (Action<Start> Check, Start Start)> All = new()
    {
        ["mean over the batch drawn"] = (BatchChecks.Sums_are_divided_by_the_batch_expected, t => new DrawnMean(t)),
        ["divisor from the number of records"] = (BatchChecks.Sums_are_divided_by_the_batch_expected, t => new ActualDivisor(t)),
        ["sigma not times C"] = (NoiseChecks.Noise_has_the_deviation_of_the_plan, t => new Deviating(t, s => s / t.Plan.Clipping.Bound)),
        ["half the noise"] = (NoiseChecks.Noise_has_the_deviation_of_the_plan, t => new Deviating(t, s => s / 2)),
        ["no noise"] = (NoiseChecks.Noise_has_the_deviation_of_the_plan, t => new Deviating(t, _ => 0)),
        ["noise in every micro-batch"] = (NoiseChecks.Noise_is_added_once_whatever_the_micro_batches, t => new NoisePerPart(t)),
        ["one noise for all parameters"] = (NoiseChecks.Noise_is_fresh_for_every_number_parameter_and_step, t => new SharedNoise(t)),
        ["one number for all elements"] = (NoiseChecks.Noise_is_fresh_for_every_number_parameter_and_step, t => new ConstantNoise(t)),
        ["the same noise in every step"] = (NoiseChecks.Noise_is_fresh_for_every_number_parameter_and_step, t => new ReusedNoise(t)),
        ["noise from the experiment's seed"] = (NoiseChecks.Noise_does_not_follow_the_experiments_seed, t => new SeededNoise(t)),
        ["noise on fake gradients and not on real ones"] = (NoiseChecks.Noise_goes_where_records_go, t => new NoiseOnFree(t)),
        ["noise of 32 bits on sums of 64"] = (NoiseChecks.Noise_has_the_precision_of_the_parameters, t => new CoarseNoise(t)),
        ["a failure of the noise swallowed"] = (NoiseChecks.Without_noise_there_is_no_step, t => new SwallowedFailure(t)),
        ["an empty batch skipped"] = (BatchChecks.An_empty_batch_steps_like_any_other, t => new EmptySkipped(t)),
        ["shuffled epochs"] = (BatchChecks.Batches_are_Poisson_samples_at_the_rate_of_the_plan, t => new Shuffled(t)),
        ["batches of fixed size"] = (BatchChecks.Batches_are_Poisson_samples_at_the_rate_of_the_plan, t => new FixedSize(t)),
        ["q = 1/⌈N/B⌉"] = (BatchChecks.Batches_are_Poisson_samples_at_the_rate_of_the_plan, t => new OtherRate(t, 1 / Math.Ceiling(t.Plan.Records / (double)t.Plan.BatchSize))),
        ["q from the number of records"] = (BatchChecks.Batches_are_Poisson_samples_at_the_rate_of_the_plan, t => new OtherRate(t, t.Plan.BatchSize / (double)t.Records.Count)),
        ["chance within losses from the experiment's seed"] = (BatchChecks.Chance_within_losses_does_not_follow_the_experiments_seed, t => new OpenChance(t)),
        ["chance that goes on behind the records"] = (BatchChecks.Chance_after_a_step_does_not_tell_how_many_were_drawn, t => new OpenChance(t)),
        ["companions by place"] = (BatchChecks.Companions_are_chosen_by_secret_chance, t => new CompanionsByPlace(t)),
        ["clipped after summing"] = (ClippingChecks.Records_are_clipped_one_by_one, t => new ClippedSum(t)),
        ["C for each layer without √L"] = (ClippingChecks.One_record_moves_a_step_by_at_most_the_bound, t => new LayerBound(t)),
        ["a bound from the batch's norms"] = (ClippingChecks.One_record_moves_a_step_by_at_most_the_bound, t => new BoundOfBatch(t)),
        ["real and fake parts clipped to C each"] = (ClippingChecks.Real_and_fake_parts_of_a_record_are_clipped_together, t => new PartsApart(t)),
        ["gradients that are not finite let through"] = (ClippingChecks.A_broken_record_adds_nothing_and_spoils_no_other, t => new Poisoned(t)),
        ["sums of a failed step kept"] = (ClippingChecks.A_step_that_failed_leaves_nothing_to_the_next, t => new StaleSums(t)),
        ["no noise on the count of adaptive clipping"] = (ClippingChecks.The_count_of_adaptive_clipping_is_noised, t => new PlainCounted(t)),
        ["no look at the network"] = (MixingChecks.Batch_normalisation_is_refused, t => new Unexamined(t)),
        ["a look at the outermost layers only"] = (MixingChecks.Nested_batch_normalisation_is_refused, t => new OutermostExamined(t)),
        ["a list of layers instead of a probe, and own layers"] = (MixingChecks.Batch_normalisation_in_a_module_of_ones_own_is_refused, t => new ListExamined(t)),
        ["a list of layers instead of a probe, and losses"] = (MixingChecks.Losses_that_compare_records_are_refused, t => new ListExamined(t)),
        ["the ledger told half the rate"] = (LedgerChecks.The_ledger_is_told_what_ran, t => new Understated(t, new GaussianEvent(t.Plan.NoiseMultiplier).Sampled(new SamplingRate(t.Plan.SamplingRate.Value / 2)))),
        ["the count left out of the event"] = (LedgerChecks.The_ledger_is_told_what_ran, t => new Understated(t, new GaussianEvent(t.Plan.NoiseMultiplier).Sampled(t.Plan.SamplingRate))),
        ["the ledger told of every other step"] = (LedgerChecks.The_ledger_is_told_what_ran, t => new EveryOther(t)),
        ["paid after the step"] = (LedgerChecks.A_step_is_paid_for_before_it_sees_a_record, t => new PaidAfter(t)),
        ["a payment counted before it is made"] = (LedgerChecks.A_refused_payment_lets_no_step_run_now_or_later, t => new CountedEarly(t)),
        ["a resumed run that does not pay"] = (LedgerChecks.A_resumed_run_pays_again_for_what_it_repeats, t => new ResumedFree(t)),
        ["a disposed training that goes on"] = (LedgerChecks.A_training_that_was_disposed_takes_no_step, t => new Undisposed(t)),
    };

    private sealed class DrawnMean(Trial trial) : TextbookSteps(trial)
    {
        protected override double Divisor(int drawn) => Math.Max(1, drawn);
    }

    private sealed class ActualDivisor(Trial trial) : TextbookSteps(trial)
    {
        protected override double Divisor(int drawn) => Plan.SamplingRate.Value * Trial.Records.Count;
    }

    private sealed class Deviating(Trial trial, Func<double, double> deviation) : TextbookSteps(trial)
    {
        protected override double Deviation => deviation(base.Deviation);
    }

    private sealed class NoisePerPart(Trial trial) : TextbookSteps(trial)
    {
        protected override void Add(double[][] sums, IEnumerable<(Tensor Real, Tensor? Fake)> part, List<double> norms)
        {
            base.Add(sums, part, norms);
            base.AddNoise(sums);
        }

        protected override void AddNoise(double[][] sums)
        {
            // Each part has its own already.
        }
    }

    private sealed class SharedNoise(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            var shared = new double[sums.Max(sum => sum.Length)];
            Noise.AddGaussian(shared, Deviation);
            foreach (var sum in sums)
                for (var i = 0; i < sum.Length; i++) sum[i] += shared[i];
        }
    }

    private sealed class ConstantNoise(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            double[] number = [0];
            Noise.AddGaussian(number, Deviation);
            foreach (var sum in sums)
                for (var i = 0; i < sum.Length; i++) sum[i] += number[0];
        }
    }

    private sealed class ReusedNoise(Trial trial) : TextbookSteps(trial)
    {
        private double[][]? first;

        protected override void AddNoise(double[][] sums)
        {
            if (first is null) base.AddNoise(first = Start());
            for (var p = 0; p < sums.Length; p++)
                for (var i = 0; i < sums[p].Length; i++) sums[p][i] += first[p][i];
        }
    }

    private sealed class SeededNoise(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            foreach (var sum in sums)
            {
                var noise = Tensor.RandN([sum.Length], DType.Float64).ToArray<double>();
                for (var i = 0; i < sum.Length; i++) sum[i] += noise[i] * Deviation;
            }
        }
    }

    private sealed class NoiseOnFree(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            foreach (var parameter in Trial.Optimizer.Parameters)
            {
                if (parameter.Grad is not { } gradient) continue;
                var values = gradient.ToArray<float>();
                Noise.AddGaussian(values, Deviation / Plan.BatchSize);
                parameter.Grad = Tensor.From(values, parameter.Shape);
            }
        }
    }

    private sealed class CoarseNoise(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            foreach (var sum in sums)
            {
                var noise = new float[sum.Length];
                Noise.AddGaussian(noise, Deviation);
                for (var i = 0; i < sum.Length; i++) sum[i] += noise[i];
            }
        }
    }

    private sealed class SwallowedFailure(Trial trial) : TextbookSteps(trial)
    {
        protected override void AddNoise(double[][] sums)
        {
            try
            {
                base.AddNoise(sums);
            }
            catch (Exception)
            {
                // The step goes on.
            }
        }
    }

    private sealed class EmptySkipped(Trial trial) : TextbookSteps(trial)
    {
        protected override bool Proceeds(int[] drawn) => drawn.Length > 0;
    }

    private sealed class Shuffled(Trial trial) : TextbookSteps(trial)
    {
        private readonly Random random = new(1);
        private readonly Queue<int[]> epoch = [];

        protected override int[] Draw()
        {
            if (epoch.Count == 0)
            {
                var order = Enumerable.Range(0, Trial.Records.Count).ToArray();
                random.Shuffle(order);
                foreach (var batch in order.Chunk((int)(Plan.SamplingRate.Value * order.Length))) epoch.Enqueue(batch);
            }
            return epoch.Dequeue();
        }
    }

    private sealed class FixedSize(Trial trial) : TextbookSteps(trial)
    {
        private readonly Random random = new(1);

        protected override int[] Draw()
        {
            var order = Enumerable.Range(0, Trial.Records.Count).ToArray();
            random.Shuffle(order);
            return order[..(int)(Plan.SamplingRate.Value * order.Length)];
        }
    }

    private sealed class OtherRate(Trial trial, double rate) : TextbookSteps(trial)
    {
        protected override int[] Draw()
        {
            using var sampler = new PoissonSampler(Trial.Records.Count, new SamplingRate(rate));
            return sampler.Next().Indices.ToArray();
        }
    }

    private sealed class OpenChance(Trial trial) : TextbookSteps(trial)
    {
        protected override void Secretly(Action work) => work();
    }

    private sealed class CompanionsByPlace(Trial trial) : TextbookSteps(trial)
    {
        protected override long Companion(int record) => record % IPrivateSteps.Companions;
    }

    private sealed class ClippedSum(Trial trial) : TextbookSteps(trial)
    {
        protected override void Add(double[][] sums, IEnumerable<(Tensor Real, Tensor? Fake)> part, List<double> norms)
        {
            var all = Start();
            foreach (var gradient in part.Select(record => Gradient(record.Real)))
                for (var p = 0; p < all.Length; p++)
                    for (var i = 0; i < all[p].Length; i++) all[p][i] += gradient[p][i];
            AddClipped(sums, all);
        }
    }

    private sealed class LayerBound(Trial trial) : TextbookSteps(trial)
    {
        protected override double Factor(double[][] gradient, int parameter) => Math.Min(1, Bound / Norm([gradient[parameter]]));
    }

    private sealed class BoundOfBatch(Trial trial) : TextbookSteps(trial)
    {
        private double median;

        protected override void Add(double[][] sums, IEnumerable<(Tensor Real, Tensor? Fake)> part, List<double> norms)
        {
            var gradients = part.Select(record => Gradient(record.Real)).ToArray();
            median = gradients.Select(Norm).Order().ElementAt(gradients.Length / 2);
            foreach (var gradient in gradients) AddClipped(sums, gradient);
        }

        protected override double Factor(double[][] gradient, int parameter) => Math.Min(1, median / Norm(gradient));
    }

    private sealed class PartsApart(Trial trial) : TextbookSteps(trial)
    {
        protected override void Add(double[][] sums, IEnumerable<(Tensor Real, Tensor? Fake)> part, List<double> norms) =>
            base.Add(sums, part.SelectMany(record => new[] { (record.Real, (Tensor?)null), (record.Fake!, null) }), norms);
    }

    private sealed class Poisoned(Trial trial) : TextbookSteps(trial)
    {
        protected override double Factor(double[][] gradient, int parameter) => Math.Min(1, Bound / Norm(gradient));
    }

    private sealed class StaleSums(Trial trial) : TextbookSteps(trial)
    {
        private double[][]? sums;

        protected override double[][] Start() => sums ??= base.Start();

        protected override void Settle() => sums = null;
    }

    private sealed class PlainCounted(Trial trial) : TextbookSteps(trial)
    {
        protected override double Count(List<double> norms) => PlainCount(norms);
    }

    private sealed class Unexamined(Trial trial) : TextbookSteps(trial)
    {
        protected override void Examine(Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake)
        {
            // Trusts everybody.
        }
    }

    private sealed class OutermostExamined(Trial trial) : TextbookSteps(trial)
    {
        protected override void Examine(Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake)
        {
            if (Trial.Network.Children.Any(child => child.Value is BatchNorm)) throw new InputException("batch normalisation");
        }
    }

    private sealed class ListExamined(Trial trial) : TextbookSteps(trial)
    {
        protected override void Examine(Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake) => PrivateNetwork.Check(Trial.Network);
    }

    private sealed class Understated(Trial trial, PrivacyEvent told) : TextbookSteps(trial)
    {
        protected override PrivacyEvent ToldEvent => told;
    }

    private sealed class EveryOther(Trial trial) : TextbookSteps(trial)
    {
        private bool isPaid;

        protected override bool TryPay() => (isPaid = !isPaid) ? base.TryPay() : Reservation.Remaining(Trial.Label) + Prepaid > Plan.Steps / 2;
    }

    private sealed class PaidAfter(Trial trial) : TextbookSteps(trial)
    {
        protected override bool TryPay() => Reservation.Remaining(Trial.Label) > 0;

        protected override void Settle() => Reservation.Spend(Trial.Label);
    }

    private sealed class CountedEarly(Trial trial) : TextbookSteps(trial)
    {
        protected override bool TryPay()
        {
            if (Prepaid == 0)
            {
                Prepaid = Math.Min(10, Reservation.Remaining(Trial.Label));
                if (Prepaid == 0) return false;
                Reservation.Spend(Trial.Label, Prepaid);
            }
            Prepaid--;
            return true;
        }
    }

    private sealed class ResumedFree : TextbookSteps
    {
        public ResumedFree(Trial trial)
            : base(trial) => Prepaid = Reservation.IsResumed ? Plan.Steps - Reservation.Remaining(Trial.Label) : 0;
    }

    private sealed class Undisposed(Trial trial) : TextbookSteps(trial)
    {
        protected override void Release()
        {
            // Its source of noise was a shared one.
        }
    }
}
