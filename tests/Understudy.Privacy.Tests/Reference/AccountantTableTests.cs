using System.Collections.Concurrent;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Tests.Reference;

/// <summary>Every row of shared/reference/accountant.csv at the tolerance that its README states.</summary>
public sealed class AccountantTableTests
{
    private const NeighbouringRelation Relation = NeighbouringRelation.AddOrRemoveOne;
    private static readonly PldAccountant Accountant = new(Relation);
    private static readonly ConcurrentDictionary<(PrivacyEvent, Delta), EpsilonBracket> Brackets = [];
    private static readonly RdpAccountant Rdp = new(Relation);
    private static readonly RdpAccountant UsualRdp = new(Relation, RdpAccountant.UsualOrders);

    // The orders of the library whose name the rows carry.
    private static readonly RdpAccountant OpacusRdp = new(Relation, [.. Enumerable.Range(11, 99).Select(i => i / 10.0), .. Enumerable.Range(12, 52).Select(i => (double)i)]);

    [Fact]
    public void Exact_rows_agree_to_1e_12() => ForRows("exact", row =>
    {
        var value = Value(row);
        var bracket = Pld(ReferenceTable.Event(row), Delta(row));
        return Relative(bracket.Upper.Value, value) <= 1e-12 && Relative(bracket.Lower.Value, value) <= 1e-12 ? null : $"{bracket}";
    });

    [Theory]
    [InlineData("dp_accounting-PLD(1e-4", 1e-4)]
    [InlineData("dp_accounting-PLD(1e-5", 1e-5)]
    public void Connect_the_dots_at_the_same_step_agrees_to_1e_6(string label, double step)
    {
        var sameStep = new PldAccountant(Relation, new PldOptions { Step = step });
        ForRows(label, row =>
        {
            // Atoms of a sampled Laplace lie off that library's grid and on ours: ours is tighter by up to its grid excess.
            var tolerance = row["mechanism"].Contains("SubsampledLaplace", StringComparison.Ordinal) ? 5e-5 : 1e-6;
            var upper = sameStep.EpsilonAt(ReferenceTable.Event(row), Delta(row)).Upper.Value;
            return Relative(upper, Value(row)) <= tolerance ? null : $"{upper}";
        });
    }

    [Fact]
    public void The_chosen_step_is_never_above_a_connect_the_dots_row_and_never_below_its_excess() => ForRows("dp_accounting-PLD", row =>
    {
        var bracket = Pld(ReferenceTable.Event(row), Delta(row));
        var isSafe = bracket.Upper.Value <= Value(row) * (1 + 1e-4) && bracket.Lower.Value <= Value(row);
        var isTight = bracket.Upper.Value >= Value(row) * (1 - 3e-3) && bracket.Upper.Value - bracket.Lower.Value <= 1e-3 * bracket.Upper.Value;
        return isSafe && isTight ? null : $"{bracket}";
    });

    [Fact]
    public void Brackets_overlap_those_of_the_prv_accountant()
    {
        ForRows("prv_accountant-lower", row =>
        {
            var upper = Pld(ReferenceTable.Event(row), Delta(row)).Upper.Value;
            return upper >= Value(row) ? null : $"{upper}";
        });
        ForRows("prv_accountant-upper", row =>
        {
            var bracket = Pld(ReferenceTable.Event(row), Delta(row));
            return bracket.Lower.Value <= Value(row) ? null : $"{bracket}";
        });
        ForRows("prv_accountant-estimate", row =>
        {
            // Half-width of that library's bracket; its Laplace atoms miss its mesh by up to 0.006 within it.
            var bracket = Pld(ReferenceTable.Event(row), Delta(row));
            return bracket.Upper.Value >= Value(row) - 0.0105 && bracket.Lower.Value <= Value(row) + 0.0105 ? null : $"{bracket}";
        });
    }

    [Fact]
    public void Renyi_at_the_orders_of_opacus_agrees_to_1e_8() => ForRows("opacus-RDP", row =>
    {
        var epsilon = OpacusRdp.EpsilonAt(ReferenceTable.Event(row), Delta(row)).Upper.Value;
        return Relative(epsilon, Value(row)) <= 1e-8 ? null : $"{epsilon}";
    });

    [Fact]
    public void Renyi_is_at_most_what_dp_accounting_over_estimates() => ForRows("dp_accounting-RDP", row =>
    {
        var epsilon = UsualRdp.EpsilonAt(ReferenceTable.Event(row), Delta(row)).Upper.Value;
        return epsilon <= Value(row) + 1e-9 && epsilon >= 0.985 * Value(row) ? null : $"{epsilon}";
    });

    [Fact]
    public void Published_values_agree_to_half_a_unit_of_their_last_digit() => ForRows("published:", row =>
    {
        var label = row["accountant"];
        var value = Value(row);
        if (label.Contains("microsoft-PRV upper", StringComparison.Ordinal))
        {
            var upper = Pld(ReferenceTable.Event(row), Delta(row)).Upper.Value;
            return upper <= value && upper >= value - 0.021 ? null : $"{upper}";
        }
        var epsilon = label.Contains("RDP", StringComparison.Ordinal)
            ? OpacusRdp.EpsilonAt(ReferenceTable.Event(row), Delta(row)).Upper.Value
            : Pld(ReferenceTable.Event(row), Delta(row)).Upper.Value;
        // That library's divergence at fractional orders is itself good to 1e-8 only.
        var tolerance = Math.Max(ReferenceTable.HalfUnit(row["epsilon"]), label.Contains("RDP", StringComparison.Ordinal) ? 1e-8 * value : 0);
        return Math.Abs(epsilon - value) <= tolerance ? null : $"{epsilon}";
    });

    /// <summary>Renyi is an upper bound on the truth; the lower end of the privacy-loss bracket is a lower one.</summary>
    [Fact]
    public void Renyi_never_falls_below_the_privacy_loss_bracket() => ForRows("", row =>
    {
        var renyi = Rdp.EpsilonAt(ReferenceTable.Event(row), Delta(row)).Upper.Value;
        var bracket = Pld(ReferenceTable.Event(row), Delta(row));
        return bracket.Lower.Value <= renyi * (1 + 1e-12) && bracket.Lower.Value <= bracket.Upper.Value ? null : $"RDP {renyi}, {bracket}";
    }, distinct: true);

    private static EpsilonBracket Pld(PrivacyEvent privacyEvent, Delta delta) =>
        Brackets.GetOrAdd((privacyEvent, delta), key => Accountant.EpsilonAt(key.Item1, key.Item2));

    private static void ForRows(string label, Func<IReadOnlyDictionary<string, string>, string?> check, bool distinct = false)
    {
        var rows = ReferenceTable.Read("accountant.csv").Where(r => r["accountant"].StartsWith(label, StringComparison.Ordinal)).ToArray();
        if (distinct) rows = [.. rows.DistinctBy(r => (r["mechanism"], r["q"], r["sigma"], r["steps"], r["delta"]))];
        Assert.NotEmpty(rows);
        var failures = rows.Select(row => (row, wrong: check(row))).Where(r => r.wrong is not null)
            .Select(r => $"{ReferenceTable.Key(r.row)}: expected {r.row["epsilon"]}, got {r.wrong}").ToArray();
        Assert.True(failures.Length == 0, string.Join('\n', failures));
    }

    private static double Value(IReadOnlyDictionary<string, string> row) => ReferenceTable.Number(row["epsilon"]);

    private static Delta Delta(IReadOnlyDictionary<string, string> row) => new(ReferenceTable.Number(row["delta"]));

    private static double Relative(double value, double expected) => Math.Abs(value - expected) / expected;
}
