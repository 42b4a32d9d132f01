using Understudy.Attacks.Auditing;
using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies.Grids;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Studies.Stages;

/// <summary>Audits a private baseline as <see cref="AuditStage"/> does a method: it is trained once more with canaries, under a ledger of its own, and nothing of it is released.</summary>
internal sealed class BaselineAuditStage(StageContext context)
{
    public void Run(GridClassifier baseline, CanaryKind kind, IProgress<StageProgress> progress)
    {
        context.Private.Unaccounted("members and non-members, in audits with canaries", "measurement");
        var section = context.Study.Grid!.Audit!;
        var options = baseline.Baseline!.Options;
        var folder = Directory.CreateDirectory(context.Run.Audit(GridItems.AuditOf(baseline, kind))).FullName;
        var planted = AuditStage.Planted(CanariesOf(kind, section.Canaries), Path.Combine(folder, AuditStage.CoinsName));
        var training = planted.Plant(context.Splits.Members);
        using var ledger = PrivacyLedger.Open(Path.Combine(folder, "ledger.db"), context.Time);
        var records = new PrivateData<ImageSet>(training, training.Count, context.Private.Measurement, ledger, "audit");
        var fit = new FitContext(Directory.CreateDirectory(Path.Combine(folder, "fit")).FullName, context.Study.Seed, progress, context.Cancellation);
        var (score, scores) = kind == CanaryKind.Gradient
            ? ("the noised sums of all steps", AuditedClassifier.ByGradients(planted, records, options, fit))
            : ("the classifier's answers on mislabelled images", AuditedClassifier.ByAnswers(planted, records, options, fit));
        var claimed = AuditStage.Claimed(ledger.Extract(context.Private.Measurement.Fingerprint), section.Delta);
        AuditStage.Write(folder, section, (baseline.Base, options.Epsilon, claimed), score, planted, scores);
    }

    /// <summary>Mislabelled ones are made of images that no member equals.</summary>
    private ImageSet CanariesOf(CanaryKind kind, int count) => kind == CanaryKind.Gradient
        ? NumberedCanaries.Images(context.Splits.Members, count)
        : Canaries.Mislabelled(context.Splits.NonMembers, count, Seed.Derive(context.Study.Seed, "canaries"));
}
