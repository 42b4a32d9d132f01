using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Training.Private;

namespace Understudy.Studies.Stages;

/// <summary>The run's private records, as its stages may have them: through the ledger.</summary>
/// <param name="study">What the guarantees are about.</param>
/// <param name="splits">The records.</param>
/// <param name="record">Their name, and the run's, in the ledger.</param>
/// <param name="ledger">The ledger.</param>
internal sealed class PrivateRecords(Study study, Splits splits, DataRecord record, PrivacyLedger ledger)
{
    private readonly LedgerAccount account = Checked(study.Privacy, splits.Members).Account(record.Fingerprint);

    /// <summary>Unit, relation and δ of every guarantee.</summary>
    public LedgerAccount Account => account;

    /// <summary>The same terms for a ledger that counts measurement which never leaves the room.</summary>
    public LedgerAccount Measurement => new(account.Fingerprint, account.Unit, account.Relation, account.Delta);

    /// <summary>N of the members, as declared public.</summary>
    public int PublicCount { get; } = study.Privacy.Records > 0 ? study.Privacy.Records : splits.Members.Count;

    /// <summary>The members, for one method or baseline to train on; it spends in its own name.</summary>
    public PrivateData<ImageSet> Members(string id) =>
        Members(id, splits.Members);

    /// <summary>The members as a stage has changed them, one for one.</summary>
    public PrivateData<ImageSet> Members(string id, ImageSet changed) => new(changed, PublicCount, account, ledger, Run(id));

    /// <summary>Reserves what a method or baseline will spend; before any spends, so that together they are judged as chosen in advance.</summary>
    /// <param name="id">Whose name it is spent in.</param>
    /// <param name="plans">Says what, for the account and N.</param>
    /// <exception cref="LedgerException">The cap forbids it, or the account has other terms.</exception>
    public void Reserve(string id, Func<LedgerAccount, long, IReadOnlyList<LedgerPlan>> plans)
    {
        if (plans(account, PublicCount) is { Count: > 0 } planned) ledger.Reserve(account, Run(id), planned);
    }

    /// <summary>The certificate of what was done in that name.</summary>
    public PrivacyCertificate Certify(string id, IReadOnlyList<PrivacyPlan> plans) => Certification.Of(plans, ledger.Extract(account.Fingerprint), Run(id), splits.Members);

    /// <summary>Lists a read that no guarantee covers, before it happens.</summary>
    /// <param name="what">What is read.</param>
    /// <param name="why">What for.</param>
    public void Unaccounted(string what, string why) => ledger.RecordUnaccounted(account, record.RunId, what, why);

    /// <summary>All that the ledger holds about these data.</summary>
    public LedgerExtract Extract()
    {
        ledger.OpenAccount(account, record.RunId);
        return ledger.Extract(account.Fingerprint);
    }

    /// <summary>Refuses a unit that the methods do not protect: they bound what one image changes.</summary>
    /// <exception cref="InputException">Another unit than the image is named, and some have several images.</exception>
    internal static PrivacySection Checked(PrivacySection privacy, ImageSet members) =>
        privacy.Unit == PrivacySection.Image || members.Groups is not { } groups || groups.Distinct().Count() == groups.Length
            ? privacy
            : throw new InputException(
                $"'unit' is '{privacy.Unit}' in privacy, and some groups of the data have several images; a guarantee here is for one image: write 'unit: {PrivacySection.Image}', or keep one image a group");

    /// <summary>The name of a method, data set or choice in the ledger.</summary>
    public string Run(string id) => $"{record.RunId}/{id}";
}
