using Understudy.Generation.Dual;
using Understudy.Privacy.Ledger;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Generation.Dual;

public sealed class PrivateReadsTests
{
    /// <summary>Masks are of the same patients as the images: what learns from them alone is on the list of what no guarantee covers, as is the filter that goes by them.</summary>
    [Fact]
    public void Both_stages_are_listed_as_reads_of_private_records()
    {
        using var folder = new TempFolder();
        var members = Pairs.Ellipses(8);
        using var synthesizer = new DualGan(new DualGanOptions { MaskSteps = 1, ImageSteps = 1, BatchSize = 4, LatentSize = 4, MaskWidth = 2, ImageWidth = 4 }, members.Shape);
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        var reads = ledger.Extract(Accounts.Account.Fingerprint).Unaccounted.Select(read => read.What).ToArray();
        Assert.Contains(reads, what => what.Contains("training of masks", StringComparison.Ordinal));
        Assert.Contains(reads, what => what.Contains("training of stage II", StringComparison.Ordinal));
        Assert.Contains(reads, what => what.Contains("medians of foreground", StringComparison.Ordinal));
    }
}
