using Understudy.Data;
using Understudy.Generation.Embedding;
using Understudy.Metrics;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Studies.Stages;
using Understudy.Tests.Data;
using Understudy.Training.Private;

namespace Understudy.Tests.Studies;

public sealed class CertificateTests
{
    [Fact]
    public void A_certificate_counts_what_the_ledger_says_was_paid_and_not_what_was_planned()
    {
        using var folder = new TempFolder();
        var plan = DpPlan.Calibrate(new Epsilon(3), new Delta(1e-5), NeighbouringRelation.AddOrRemoveOne, 1000, 50, new FlatClipping(1), 100);
        var account = new PrivacySection().Account(new string('c', 64));
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        ledger.Reserve(account, "run/dp-gan", [new LedgerPlan("discriminator", plan.StepEvent, 100)]).Spend("discriminator", 40);
        ledger.Reserve(account, "another/dp-gan", [new LedgerPlan("discriminator", plan.StepEvent, 7)]).Spend("discriminator", 7);

        var certificate = Certification.Of([plan.Describe("DP-SGD", "discriminator", kept: 33)], ledger.Extract(account.Fingerprint), "run/dp-gan", Images.Noise(3, 1, 4, 4));
        Assert.Equal([40], certificate.StepsSpent);
        var exact = new TightestAccountant(plan.Relation).EpsilonAt(plan.StepEvent.Times(40), new Delta(1e-5));
        Assert.Equal(exact.Upper.Value, certificate.Epsilon, 1e-12);
        Assert.Equal(exact.Upper.Value, certificate.Spend[^1][1], 1e-12);
        Assert.Equal(certificate.Spend.Select(point => point[1]).Order(), certificate.Spend.Select(point => point[1]));
        Assert.Contains("for one image, added or removed", certificate.Claim, StringComparison.Ordinal);
        Assert.Contains("number of records: 1000", certificate.PublicFacts);
    }

    [Fact]
    public void A_certificate_of_several_plans_is_of_all_of_them_together()
    {
        using var folder = new TempFolder();
        var plans = DpPlan.CalibrateTogether(new Epsilon(3), new Delta(1e-5), NeighbouringRelation.AddOrRemoveOne, 1000, 50, new FlatClipping(1), [100, 60]);
        Assert.Equal([100, 60], plans.Select(plan => plan.Steps));
        Assert.Equal(plans[0].StepEvent, plans[1].StepEvent);
        var account = new PrivacySection().Account(new string('e', 64));
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        var reservation = ledger.Reserve(account, "run/dual", [new LedgerPlan("one", plans[0].StepEvent, 100), new LedgerPlan("two", plans[1].StepEvent, 60)]);
        reservation.Spend("one", 100);
        reservation.Spend("two", 60);

        PrivacyPlan[] done = [plans[0].Describe("DP-SGD", "one", kept: 100), plans[1].Describe("DP-SGD", "two", kept: 60)];
        var certificate = Certification.Of(done, ledger.Extract(account.Fingerprint), "run/dual", Images.Noise(3, 1, 4, 4));
        Assert.Equal([100, 60], certificate.StepsSpent);
        Assert.InRange(certificate.Epsilon, 2.97, 3);
        Assert.Equal(new double[] { 160, certificate.Epsilon }, certificate.Spend[^1]);
        var untold = Certification.Of([done[0]], ledger.Extract(account.Fingerprint), "run/dual", Images.Noise(3, 1, 4, 4));
        Assert.Equal(certificate.Epsilon, untold.Epsilon); // what a method does not tell of was paid for all the same
    }

    [Fact]
    public void A_model_with_more_steps_than_its_run_has_paid_for_gets_no_certificate()
    {
        using var folder = new TempFolder();
        var plan = DpPlan.Calibrate(new Epsilon(3), new Delta(1e-5), NeighbouringRelation.AddOrRemoveOne, 1000, 50, new FlatClipping(1), 100);
        var account = new PrivacySection().Account(new string('d', 64));
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        ledger.Reserve(account, "run/dp-gan", [new LedgerPlan("discriminator", plan.StepEvent, 100)]).Spend("discriminator", 40);
        var error = Images.InputError(() => Certification.Of([plan.Describe("DP-SGD", "discriminator", kept: 41)], ledger.Extract(account.Fingerprint), "run/dp-gan", Images.Noise(3, 1, 4, 4)));
        Assert.Contains("another run's", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.4, "show an ε of at least 0.4.")]
    [InlineData(0, "show no loss of privacy")]
    [InlineData(1.7, "Release nothing")]
    public void An_attack_that_shows_more_than_is_claimed_stops_a_release(double shown, string expected)
    {
        var verdict = Verdict.Of(With(shown)).Single(finding => finding.Question.Contains("guaranteed", StringComparison.Ordinal));
        Assert.Contains(expected, verdict.Answers[0], StringComparison.Ordinal);
        Assert.Equal(shown > 1, With(shown).Methods["acgan"].IsRefuted);
    }

    [Fact]
    public void The_data_card_holds_the_certificate()
    {
        var card = DataCard.Markdown(ReportExample.Data() with { Metrics = With(0.4) });
        Assert.Contains("## Differential-privacy certificate: acgan", card, StringComparison.Ordinal);
        Assert.Contains("| noise multiplier σ | 3.73 |", card, StringComparison.Ordinal);
    }

    private static StudyMetrics With(double shown)
    {
        var metrics = ReportExample.Metrics();
        var plan = new PrivacyPlan("one Gaussian release", "sum", 1000, 1, 3.73, 1, 1, 1);
        var certificate = new PrivacyCertificate(1, 0.99, 1e-5, NeighbouringRelation.AddOrRemoveOne, "image", "exact", [plan], [1], [], "AES-256", ["number of records: 1000"]);
        var method = metrics.Methods["acgan"];
        var attack = method.Attacks[0] with { Metrics = [new Metric("epsilon lower bound", shown)] };
        var claimed = method with { Card = DpMerf.MethodCard, Certificate = certificate, Attacks = [attack] };
        return metrics with { Methods = new Dictionary<string, MethodMetrics>(metrics.Methods) { ["acgan"] = claimed } };
    }
}
