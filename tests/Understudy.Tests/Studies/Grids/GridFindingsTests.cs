using Understudy.Metrics;
using Understudy.Privacy;
using Understudy.Studies;
using Understudy.Studies.Grids;

namespace Understudy.Tests.Studies.Grids;

public sealed class GridFindingsTests
{
    private static readonly GridRow Real = Row("real", null, ReleaseKind.Classifier, 0.85, 0.56, null);
    private static readonly GridRow Merf = Row("dp-merf", 1, ReleaseKind.Dataset, 0.74, 0.51, 1);
    private static readonly GridRow Cgan = Row("cgan", null, ReleaseKind.Dataset, 0.82, 0.58, null);

    [Fact]
    public void The_four_questions_are_answered_in_a_sentence_each_with_the_figures()
    {
        var findings = GridFindings.Of(Grid(Real, Cgan, Merf));
        Assert.Equal(["May synthetic data replace the real ones?", "What should I release?", "Do mitigations help?", "Which model is best for me?"], findings.Select(finding => finding.Question));
        Assert.All(findings, finding => Assert.Single(finding.Answers));
        Assert.Equal(
            "This study cannot tell the best of them (cgan, plain, dataset) from the real ones: classifiers trained on them reach 0.820 (0.790 to 0.850) on real test images, those trained on the real ones 0.850 (0.820 to 0.880).",
            findings[0].Answers[0]);
        Assert.Equal(
            "Of what carries a guarantee, dp-merf (ε = 1), plain, dataset is the most useful, 0.740 (0.710 to 0.770) at (ε = 1, δ = 1e-5)-DP for one image (AUC of the strongest attack 0.510), which is also the most useful of what the attacks could not tell from guessing.",
            findings[1].Answers[0]);
        Assert.Equal("At ε = 1 dp-merf, 0.740 (0.710 to 0.770) (AUC of the strongest attack 0.510); without a guarantee cgan, 0.820 (0.790 to 0.850) (AUC of the strongest attack 0.580).", findings[3].Answers[0]);
    }

    [Fact]
    public void A_loss_beyond_chance_is_said_to_be_one() =>
        Assert.StartsWith("Not without loss: at best (dp-merf (ε = 1), plain, dataset) 0.110 of balanced accuracy are lost, more than chance explains", GridFindings.Of(Grid(Real, Merf))[0].Answers[0], StringComparison.Ordinal);

    [Fact]
    public void Mitigations_that_help_are_named_with_the_largest_change()
    {
        GridComparison[] tried =
        [
            new("distinct", "a", "b", new Metric("", 0.01, new Interval(-0.01, 0.03)), new Metric("", -0.08, new Interval(-0.12, -0.04))),
            new("truncated", "c", "d", new Metric("", -0.05, new Interval(-0.08, -0.02)), new Metric("", -0.01, new Interval(-0.05, 0.03))),
        ];
        Assert.Equal(
            "In 1 of 2 comparisons (distinct) they weaken the strongest attack by more than chance explains, and 1 cost utility; the largest change is that of distinct (a), whose strongest attack changes by -0.080 in AUC and whose balanced accuracy by +0.010.",
            GridFindings.Of(Grid(Real, Merf) with { Comparisons = tried })[2].Answers[0]);
    }

    [Fact]
    public void A_refuted_claim_comes_first_and_is_never_recommended()
    {
        var wrong = Merf with { Shown = 1.7, Utility = new Metric("", 0.9, new Interval(0.88, 0.92)) };
        var findings = GridFindings.Of(Grid(Real, wrong, Cgan));
        Assert.Equal("What must not be released?", findings[0].Question);
        Assert.Contains("an attack shows an ε of at least 1.7", findings[0].Answers[0], StringComparison.Ordinal);
        Assert.StartsWith("Nothing here carries a guarantee", findings[2].Answers[0], StringComparison.Ordinal);
        Assert.DoesNotContain("dp-merf", findings[4].Answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_of_the_members_are_no_answer_to_whether_samples_may_replace_them()
    {
        var copies = Row("copier", null, ReleaseKind.Dataset, 0.85, 0.99, null) with { Copies = new MemberCopies(60, 60, 60, 0) };
        Assert.True(copies.IsRefuted);
        Assert.Contains("(dp-merf (ε = 1), plain, dataset)", Replaced(Real, Merf, copies), StringComparison.Ordinal);
        Assert.StartsWith("That was not measured", Replaced(Real, copies), StringComparison.Ordinal);

        static string Replaced(params GridRow[] rows) => GridFindings.Of(Grid(rows)).Single(finding => finding.Question.StartsWith("May", StringComparison.Ordinal)).Answers[0];
    }

    [Fact]
    public void What_the_test_split_chose_is_no_answer_to_anything()
    {
        var chosen = Row("dp-merf", 1, ReleaseKind.Classifier, 0.99, 0.5, null) with { Key = new GridRowKey("dp-merf", 1, "plain", ReleaseKind.Classifier, "chosen by sen", null) };
        Assert.All(GridFindings.Of(Grid(Real, Merf, chosen)), finding => Assert.DoesNotContain("0.990", finding.Answers[0], StringComparison.Ordinal));
    }

    [Fact]
    public void Where_classifiers_alone_are_released_the_best_method_is_told_by_them()
    {
        var released = Row("dp-merf", 1, ReleaseKind.Classifier, 0.76, 0.5, 1);
        Assert.Equal("At ε = 1 dp-merf, 0.760 (0.730 to 0.790) (AUC of the strongest attack 0.500).", GridFindings.Of(Grid(Real, released))[3].Answers[0]);
    }

    [Fact]
    public void Every_section_with_figures_is_shown_and_no_other()
    {
        var sections = GridReport.Of(Grid(Real, Merf, Cgan));
        Assert.Equal(["leaderboard", "composition"], sections.Select(section => section.Id));
        Assert.All(sections.SelectMany(section => section.Tables), table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count)));
        var points = Assert.Single(sections[0].Charts).Points;
        Assert.Equal(["real, classifier, cnn", "dp-merf (ε = 1), plain, dataset", "cgan, plain, dataset"], points.Select(point => point.Name));
    }

    [Fact]
    public void Curves_stand_beside_what_their_guarantee_allows()
    {
        double[][] roc = [[0, 0], [0.5, 0.6], [1, 1]];
        var attacks = Assert.Single(GridReport.Of(Grid(Real with { Roc = roc, Cells = [Attacked] }, Merf with { Roc = roc }, Cgan)), section => section.Id == "by-attack");
        var lines = Assert.Single(attacks.Curves).Lines;
        Assert.Equal([("real, classifier, cnn", false), ("dp-merf (ε = 1), plain, dataset", false), ("dp-merf (ε = 1), plain, dataset", true)], lines.Select(line => (line.Name, line.IsLimit)));
        Assert.Equal((Math.E * 1e-3) + 1e-5, lines[2].Points[0][1], 1e-12);
        Assert.Equal([1.0, 1.0], lines[2].Points[^1]);
    }

    private static GridCell Attacked => new("a", 1, new Metric("", 0.5), null, [new AttackSummary("gan-leaks", "", "", 10, 10, [new Metric("AUC", 0.5)], [])], null);

    private static GridMetrics Grid(params GridRow[] rows) => new(rows, [], [], [], [], [], 3, 3);

    private static GridRow Row(string method, double? budget, ReleaseKind kind, double utility, double auc, double? epsilon) => new(
        new GridRowKey(method, budget, method == "real" ? null : "plain", kind, kind == ReleaseKind.Classifier ? "cnn" : null, null),
        new Metric("balanced accuracy", utility, new Interval(utility - 0.03, utility + 0.03)),
        "gan-leaks",
        new Metric("AUC", auc, new Interval(auc - 0.03, auc + 0.03)),
        null,
        0,
        null,
        new ReleaseGuarantee(epsilon, 1e-5, "image", NeighbouringRelation.AddOrRemoveOne, [], epsilon is null ? ["everything"] : []),
        IsLeakingCounts: false,
        Copies: null,
        IsOnFront: false,
        []);
}
