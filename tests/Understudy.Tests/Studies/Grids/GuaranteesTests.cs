using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Studies;
using Understudy.Studies.Grids;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies.Grids;

/// <summary>A release's guarantee is all that the ledger holds of what went into it: nothing left out, nothing of others.</summary>
public sealed class GuaranteesTests : IDisposable
{
    private static readonly LedgerAccount Account = new PrivacySection().Account(new string('e', 64));
    private readonly TempFolder _folder = new();
    private readonly PrivacyLedger _ledger;

    public GuaranteesTests()
    {
        _ledger = PrivacyLedger.Open(_folder["ledger.db"]);
        Spend("run/merf", "mean embedding", new GaussianEvent(new NoiseMultiplier(4)));
        Spend("run/merf+voted", "votes", new GaussianEvent(new NoiseMultiplier(3)));
        Spend("run/merf+voted~val", "choice", new PermuteAndFlipEvent(new Epsilon(0.5)));
        Spend("run/other", "mean embedding", new GaussianEvent(new NoiseMultiplier(1)));
        Spend("another/merf", "mean embedding", new GaussianEvent(new NoiseMultiplier(1)));
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Training_selection_of_samples_and_of_the_classifier_add_up()
    {
        var all = Of("merf", "merf+voted", "merf+voted~val");
        Assert.Equal(["mean embedding", "votes", "choice"], all.Parts.Select(part => part.What));
        Assert.Empty(all.Uncovered);
        var exact = Epsilon(new GaussianEvent(new NoiseMultiplier(4)), new GaussianEvent(new NoiseMultiplier(3)), new PermuteAndFlipEvent(new Epsilon(0.5)));
        Assert.Equal(exact, all.Epsilon!.Value, 1e-12);
        Assert.True(all.Epsilon > Of("merf", "merf+voted").Epsilon && Of("merf", "merf+voted").Epsilon > Of("merf").Epsilon);
        Assert.Equal(Epsilon(new GaussianEvent(new NoiseMultiplier(4))), Of("merf").Epsilon!.Value, 1e-12);
    }

    [Fact]
    public void One_read_without_noise_voids_all_and_is_named()
    {
        _ledger.RecordUnaccounted(Account, "run/merf+voted", "members, to drop samples that are nearly copies of one", "a filter");
        var guarantee = Of("merf", "merf+voted");
        Assert.Null(guarantee.Epsilon);
        Assert.Equal(["merf+voted: members, to drop samples that are nearly copies of one"], guarantee.Uncovered);
        Assert.StartsWith("none: merf+voted: members", guarantee.Claim, StringComparison.Ordinal);
        Assert.NotNull(Of("merf").Epsilon);
    }

    [Fact]
    public void What_was_reserved_and_not_spent_costs_a_release_nothing()
    {
        _ledger.Reserve(Account, "run/merf+later", [new LedgerPlan("votes", new GaussianEvent(new NoiseMultiplier(1)), 1)]);
        Assert.Equal(Of("merf").Epsilon, Of("merf", "merf+later").Epsilon);
        Assert.Equal(0, Of("merf+later").Epsilon);
    }

    [Fact]
    public void What_the_ledger_knows_nothing_of_is_not_free()
    {
        var lost = Guarantees.Of(["lost", "merf+voted"], "lost");
        Assert.Null(lost.Epsilon);
        Assert.StartsWith("lost: all that it read of the members", Assert.Single(lost.Uncovered), StringComparison.Ordinal);
        Assert.Equal(Of("merf").Epsilon, Guarantees.Of(["merf"], "merf").Epsilon);
        _ledger.RecordUnaccounted(Account, "run/real", "60 members, to train", "a baseline");
        Assert.Equal(["real: 60 members, to train"], Guarantees.Of(["real"], "real").Uncovered);
    }

    private Guarantees Guarantees => new(_ledger.Extract(Account.Fingerprint), name => $"run/{name}");

    private ReleaseGuarantee Of(params string[] names) => Guarantees.Of(names);

    private static double Epsilon(params PrivacyEvent[] events) =>
        new TightestAccountant(Account.Relation).EpsilonAt(new ComposedEvent([.. events.Select(one => one.Times(1))]), Account.Delta).Upper.Value;

    private void Spend(string run, string label, PrivacyEvent paid) => _ledger.Reserve(Account, run, [new LedgerPlan(label, paid, 1)]).Spend(label);
}
