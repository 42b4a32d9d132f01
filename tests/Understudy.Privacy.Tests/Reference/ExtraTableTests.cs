using System.Globalization;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Calibration;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Tests.Reference;

/// <summary>Every row of shared/reference/accountant_extra.csv at the tolerance that its README states.</summary>
public sealed class ExtraTableTests
{
    private const NeighbouringRelation Relation = NeighbouringRelation.AddOrRemoveOne;

    [Fact]
    public void Rho_for_a_target_agrees_to_1e_9() => ForRows("zcdp_rho_for", (p, value, _) =>
        Relative(ZeroConcentrated.RhoFor(new Epsilon(p["eps"]), new Delta(p["delta"])), value) <= 1e-9);

    [Fact]
    public void Epsilon_of_zcdp_agrees_to_1e_9() => ForRows("eps_for_zcdp", (p, value, _) =>
        Relative(ZeroConcentrated.EpsilonAt(p["rho"], new Delta(p["delta"])).Value, value) <= 1e-9);

    [Fact]
    public void Calibrated_noise_is_no_larger_and_barely_smaller() => ForRows("noise_multiplier_for", (p, value, source) =>
    {
        var isRdp = source.Contains("RDP", StringComparison.Ordinal);
        PrivacyAccountant accountant = isRdp ? new RdpAccountant(Relation, RdpAccountant.UsualOrders) : new PldAccountant(Relation);
        PrivacyEvent Plan(NoiseMultiplier sigma) => new GaussianEvent(sigma).Sampled(new SamplingRate(p["q"])).Times((long)p["steps"]);
        var noise = new Calibrator(accountant, new Epsilon(p["eps"]), new Delta(p["delta"])).SmallestNoiseMultiplier(Plan);
        var isSafe = accountant.EpsilonAt(Plan(noise), new Delta(p["delta"])).Upper.Value <= p["eps"];
        // The rows' own calibration stops within 1e-5, absolutely; theirs may be larger by the grid excess (0.15 % of epsilon at most).
        return isSafe && noise.Value <= value * (1 + 2e-5) && noise.Value >= value * (1 - 1e-3);
    });

    [Fact]
    public void Fixed_batches_agree_to_1e_6() => ForRows("eps_fixed_batch_WOR_replace_one", (p, value, _) =>
    {
        // The rows' sigma is relative to the full replace-one sensitivity 2C, an event's to C.
        var step = new FixedBatchGaussianEvent((long)p["N"], (long)p["B"], new NoiseMultiplier(2 * p["sigma"]));
        var accountant = new RdpAccountant(NeighbouringRelation.ReplaceOne, RdpAccountant.UsualOrders);
        return Relative(accountant.EpsilonAt(step.Times((long)p["steps"]), new Delta(p["delta"])).Upper.Value, value) <= 1e-6;
    });

    [Fact]
    public void Delta_agrees_to_1e_5_or_is_bounded() => ForRows("delta_for_eps", (p, value, source) =>
    {
        var run = new GaussianEvent(p["sigma"]).Sampled(new SamplingRate(p["q"])).Times((long)p["steps"]);
        var exact = new PldAccountant(Relation).DeltaAt(run, new Epsilon(p["eps"]));
        return source.Contains("PLD", StringComparison.Ordinal)
            ? Relative(exact.Upper.Value, value) <= 1e-5 && exact.Lower.Value <= value
            : new RdpAccountant(Relation).DeltaAt(run, new Epsilon(p["eps"])).Upper.Value <= value * (1 + 1e-9) && exact.Upper.Value <= value;
    });

    [Fact]
    public void The_central_limit_estimate_agrees_to_1e_8_and_is_no_bound() => ForRows("eps_gdp_clt_poisson(NOT a bound)", (p, value, _) =>
    {
        var (rate, sigma, steps, delta) = (new SamplingRate(p["q"]), new NoiseMultiplier(p["sigma"]), (long)p["steps"], new Delta(p["delta"]));
        var estimate = CentralLimitEstimate.EpsilonNotAGuarantee(rate, sigma, steps, delta).Value;
        var truth = new PldAccountant(Relation).EpsilonAt(new GaussianEvent(sigma).Sampled(rate).Times(steps), delta);
        return Relative(estimate, value) <= 1e-8 && estimate < truth.Lower.Value;
    });

    private static void ForRows(string kind, Func<IReadOnlyDictionary<string, double>, double, string, bool> holds)
    {
        var rows = ReferenceTable.Read("accountant_extra.csv").Where(r => r["kind"] == kind).ToArray();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.True(holds(Parameters(row["params"]), ReferenceTable.Number(row["value"]), row["source"]), $"{row["params"]} = {row["value"]}"));
    }

    private static Dictionary<string, double> Parameters(string text) =>
        text.Split(';').Select(p => p.Split('=')).ToDictionary(p => p[0], p => double.Parse(p[1], CultureInfo.InvariantCulture));

    private static double Relative(double value, double expected) => Math.Abs(value - expected) / expected;
}
