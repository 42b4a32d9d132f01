using Understudy.Attacks;
using Understudy.Attacks.Auditing;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Studies.Grids;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Studies.Stages;

/// <summary>
/// Audits a method's training: trains it once more under the same plan with canaries planted by secret coins, and bounds ε from below by how many can be told. Canaries spoil
/// what is trained, so that nothing of it is ever released; it has a ledger of its own.
/// </summary>
/// <remarks>Steinke, Nasr, Jagielski, "Privacy auditing with one (1) training run", NeurIPS 2023, 2305.08846; Mahloujifar et al., 2410.22235 for the Gaussian one.</remarks>
internal sealed class AuditStage(StageContext context)
{
    public const string ResultName = "result.json";

    public const string CoinsName = "coins.json";

    // 1.6 GB of what canaries add to a sum.
    private const long MostNumbers = 200_000_000;

    public void Run(GridGenerator generator, IProgress<StageProgress> progress)
    {
        context.Private.Unaccounted("members, in audits with canaries", "measurement");
        var section = context.Study.Grid!.Audit!;
        var folder = Directory.CreateDirectory(context.Run.Audit(generator.Id)).FullName;
        var planted = Planted(Canaries.BlackAndWhite(context.Splits.Members, section.Canaries, Seed.Derive(context.Study.Seed, "canaries")), Path.Combine(folder, CoinsName));
        var training = planted.Plant(context.Splits.Members);
        var fit = new FitContext(Directory.CreateDirectory(Path.Combine(folder, "fit")).FullName, context.Study.Seed, progress, context.Cancellation);
        using var ledger = PrivacyLedger.Open(Path.Combine(folder, "ledger.db"), context.Time);
        var synthesizer = GenerationStage.Create(context, generator.Method);
        using var owned = synthesizer as IDisposable;
        synthesizer.Fit(new PrivateData<ImageSet>(training, training.Count, context.Private.Measurement, ledger, "audit"), fit);
        var (score, scores) = Score(synthesizer, planted.Canaries, fit);
        var claimed = Claimed(ledger.Extract(context.Private.Measurement.Fingerprint), section.Delta);
        Write(folder, section, (generator.Base, generator.Budget!.Value, claimed), score, planted, scores);
    }

    /// <summary>Writes what the scores of canaries show against a claim.</summary>
    public static void Write(string folder, AuditSection section, (string Method, double Budget, double Claimed) claim, string score, PlantedCanaries planted, double[] scores) =>
        AtomicFile.WriteText(Path.Combine(folder, ResultName), JsonText.Write(new AuditResult(
            claim.Method,
            claim.Budget,
            claim.Claimed,
            score,
            scores.Length,
            planted.Bound(new OneRunAuditor(section.Delta), scores, section.Significance),
            planted.Bound(new OneRunGaussianAuditor(section.Delta), scores, section.Significance))));

    /// <summary>What the events that the method paid for promise at the δ of the audit.</summary>
    public static double Claimed(LedgerExtract extract, double delta)
    {
        var spent = extract.Reservations.SelectMany(use => use.Plans).Where(plan => plan.Spent > 0).Select(plan => plan.Event.Times(plan.Spent)).ToArray();
        return spent.Length == 0 ? 0 : new TightestAccountant(extract.Relation).EpsilonAt(new ComposedEvent(spent), new Delta(delta)).Upper.Value;
    }

    /// <summary>Canaries with coins of their own, or those of a training that was begun before.</summary>
    public static PlantedCanaries Planted(ImageSet canaries, string path)
    {
        if (File.Exists(path)) return PlantedCanaries.Unseal(canaries, path);
        var tossed = PlantedCanaries.Toss(canaries);
        tossed.Seal(path);
        return tossed;
    }

    private (string Score, double[] Scores) Score(Synthesizer synthesizer, ImageSet canaries, FitContext fit)
    {
        if (synthesizer is IReleasesSum summing && synthesizer.PlansDone is [var plan])
        {
            using var sum = summing.OpenSum(fit);
            if (sum.Values.LongLength * canaries.Count <= MostNumbers)
            {
                double[] rest = [.. sum.Values.Zip(sum.Of(context.Splits.Members), (all, known) => all - known)];
                var added = Enumerable.Range(0, canaries.Count).Select(i => sum.Of(canaries.Subset([i]))).ToArray();
                return ("the released sum, all other records known", CanaryRegression.Score(rest, added, plan.NoiseMultiplier * plan.Bound));
            }
        }
        var samples = synthesizer.Sample(context.Study.Grid!.Draws * context.Private.PublicCount, context.Study.Seed);
        return ("the distance to the nearest sample", new GanLeaks().Score(samples, canaries, null, context.Study.Seed));
    }
}
