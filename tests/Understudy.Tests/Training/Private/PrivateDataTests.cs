using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;
using Understudy.Tests.Data;

namespace Understudy.Tests.Training.Private;

public sealed class PrivateDataTests
{
    private static readonly NeighbouringRelation Relation = Accounts.Account.Relation;

    [Fact]
    public void A_release_is_paid_for_once_and_noised()
    {
        using var folder = new TempFolder();
        var data = Images.Noise(5, 1, 4, 4).Private(folder);
        var mechanism = GaussianMechanism.Calibrate(Relation, 1, new Epsilon(1), new Delta(1e-5));
        var released = data.Release("sum", mechanism, _ => new double[100]);
        Assert.All(released, value => Assert.NotEqual(0, value));
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        var spent = ledger.Extract(Accounts.Account.Fingerprint).Spent;
        Assert.InRange(spent.Upper, 0.999, 1.0);
    }

    [Fact]
    public void A_release_that_was_paid_for_is_not_made_again_by_the_same_run()
    {
        using var folder = new TempFolder();
        var data = Images.Noise(5, 1, 4, 4).Private(folder);
        GaussianMechanism Mechanism() => GaussianMechanism.Calibrate(Relation, 1, new Epsilon(1), new Delta(1e-5));
        data.Release("sum", Mechanism(), _ => new double[1]);
        Assert.Contains("start a new run", Assert.Throws<LedgerException>(() => data.Release("sum", Mechanism(), _ => new double[1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_killed_while_it_computed_has_paid_nothing_and_goes_on()
    {
        using var folder = new TempFolder();
        var data = Images.Noise(5, 1, 4, 4).Private(folder);
        GaussianMechanism Mechanism() => GaussianMechanism.Calibrate(Relation, 1, new Epsilon(1), new Delta(1e-5));
        Assert.Throws<OperationCanceledException>(() => data.Release("sum", Mechanism(), _ => throw new OperationCanceledException()));
        Assert.Single(data.Release("sum", Mechanism(), _ => new double[1]));
    }

    [Fact]
    public void The_cap_refuses_before_anything_is_read()
    {
        using var folder = new TempFolder();
        var data = Images.Noise(5, 1, 4, 4).Private(folder, account: new LedgerAccount(Accounts.Account.Fingerprint, "image", Relation, new Delta(1e-5), new Epsilon(0.5)));
        var read = false;
        Assert.Throws<LedgerCapException>(() =>
            data.Release("sum", GaussianMechanism.Calibrate(Relation, 1, new Epsilon(1), new Delta(1e-5)), _ =>
            {
                read = true;
                return [0];
            }));
        Assert.False(read);
    }

    [Fact]
    public void A_mechanism_of_another_relation_is_refused()
    {
        using var folder = new TempFolder();
        var data = Images.Noise(5, 1, 4, 4).Private(folder);
        var other = GaussianMechanism.Calibrate(NeighbouringRelation.ReplaceOne, 1, new Epsilon(1), new Delta(1e-5));
        Assert.Throws<ArgumentException>(() => data.Release("sum", other, _ => [0]));
    }

    [Fact]
    public void A_read_that_nothing_covers_is_listed()
    {
        using var folder = new TempFolder();
        var records = Images.Noise(5, 1, 4, 4);
        Assert.Same(records, records.Private(folder).OpenUnaccounted("training of dcgan", "no guarantee"));
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        Assert.Equal("training of dcgan", Assert.Single(ledger.Extract(Accounts.Account.Fingerprint).Unaccounted).What);
    }
}
