using Understudy.Metrics;
using Understudy.Studies.Stages;

namespace Understudy.Tests.Studies.Stages;

/// <summary>Figures of walks that could be misread.</summary>
public sealed class WalkTablesTests
{
    [Fact]
    public void An_attack_below_one_half_is_shown_with_an_interval_that_reaches_over_it()
    {
        var row = WalkTables.Releases([("PLAN", Figures([0.46, 0.5, 0.52, 0.44, 0.505]))]).Rows[0];
        Assert.True(row[4].Value < 0.5);
        Assert.InRange(0.5, row[4].Interval!.Value.Lower, row[4].Interval!.Value.Upper);
    }

    [Fact]
    public void One_training_has_no_interval_and_too_few_records_no_rate()
    {
        var row = WalkTables.Releases([("PLAN", Figures([0.46]) with { AttackLowFpr = [double.NaN] })]).Rows[0];
        Assert.Null(row[4].Interval);
        Assert.Equal("too few non-members", row[6].Text);
    }

    // Twice as far from members as held-out images are, as bad images would be: the ratio says so, and accuracy and FID stand in the first table.
    [Fact]
    public void Distances_stand_beside_those_of_held_out_images()
    {
        var (name, figures) = ("PLAN", Figures([0.5, 0.5]) with { ToMembers = 0.4, ToHeldOut = 0.41 });
        var distances = WalkTables.Distances([(name, figures)], heldOutToMembers: 0.2, judged: 0.9).Rows[0];
        Assert.Equal(0.4 / 0.41, distances[3].Value!.Value, 1e-9);
        Assert.Equal(2, distances[4].Value!.Value, 1e-9);
        Assert.Equal("no sign in these figures", distances[7].Text);
        var columns = WalkTables.Releases([(name, figures)]).Columns;
        Assert.Contains("accuracy", columns);
        Assert.Contains("FID[net]", columns);
    }

    [Theory]
    [InlineData(0.18, 0.48)] // nearer to members than to others
    [InlineData(0.2, 0.55)] // an attacker by distance finds members
    public void What_lies_nearer_to_members_is_called_suspicious(double toMembers, double lowerAuc)
    {
        var figures = Figures([0.5, 0.5]) with { ToMembers = toMembers, NearestAuc = new Metric("AUC", 0.6, new Interval(lowerAuc, 0.7)) };
        Assert.StartsWith("suspicious", WalkTables.Distances([("PLAN", figures)], 0.2, judged: 0.9).Rows[0][7].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_judge_that_knows_nobody_judges_nothing()
    {
        var table = WalkTables.Distances([("PLAN", Figures([0.5, 0.5]))], 0.2, judged: 0.3);
        Assert.Equal("–", table.Rows[0][6].Text);
        Assert.Contains("it knows 30 % of the members only", table.Caption, StringComparison.Ordinal);
    }

    private static ReleaseFigures Figures(double[] attackAccuracy) => new(
        100, [.. attackAccuracy.Select(_ => 0.8)], attackAccuracy, attackAccuracy, [.. attackAccuracy.Select(_ => 0.01)], new Metric("AUC", 0.5, new Interval(0.45, 0.55)),
        new Metric("FID[net]", 12), ToMembers: 0.2, ToHeldOut: 0.2, new Metric("recognised", 0.05, new Interval(0.02, 0.1)));
}
