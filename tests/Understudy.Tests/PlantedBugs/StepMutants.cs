using Understudy.Privacy;
using Understudy.Privacy.Events;

namespace Understudy.Tests.PlantedBugs;

/// <summary>The training by the book with one bug each.</summary>
internal static partial class StepMutants
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
}
