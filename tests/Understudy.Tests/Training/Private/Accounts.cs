using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Tests.Data;
using Understudy.Training.Private;

namespace Understudy.Tests.Training.Private;

/// <summary>Private data over a ledger of the test's own.</summary>
internal static class Accounts
{
    public static readonly LedgerAccount Account = new(new string('a', 64), "image", NeighbouringRelation.AddOrRemoveOne, new Delta(1e-5));

    public static PrivateData<ImageSet> Private(this ImageSet records, TempFolder folder, string run = "test", long? declared = null, LedgerAccount? account = null) =>
        new(records, declared ?? records.Count, account ?? Account, PrivacyLedger.Open(folder["ledger.db"]), run);
}
