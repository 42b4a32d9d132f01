using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;
using Understudy.Studies.Grids;

namespace Understudy.Studies.Stages;

/// <summary>Chooses one of the classifiers trained on the same samples, to be released.</summary>
/// <param name="context">The run, from the release's seed.</param>
/// <param name="plan">The grid.</param>
internal sealed class SelectionStage(StageContext context, GridPlan plan)
{
    public const string ResultName = "chosen.json";

    private const string PlanLabel = "choice of a classifier";

    // One member more or less changes how many are recognised by one at most.
    private const double Bound = 1;

    /// <summary>What a choice will ask of the ledger, known before any record is read.</summary>
    public static IReadOnlyList<LedgerPlan> Plans(GridRelease release, SelectionSection selection, LedgerAccount account) =>
        release.Selection == SelectionMode.Val ? [new LedgerPlan(PlanLabel, Mechanism(selection, account).Event, 1)] : [];

    public void Choose(GridRelease release)
    {
        var classification = new GridClassification(context, plan);
        var candidates = classification.Candidates(release.DataSet!);
        var answers = candidates.Select(candidate => classification.Answers(candidate) ?? throw new InputException($"'selection' compares classifiers by their answers, and {candidate.Id} could not be trained: samples carry no labels")).ToArray();
        var door = context.Private.Members(release.Id);
        var chosen = release.Selection switch
        {
            SelectionMode.Syn => Best(answers.Select(answer => answer.Validation!.Accuracy())),
            SelectionMode.Val => door.Choose(PlanLabel, Mechanism(context.Study.Grid!.Selection!, context.Private.Account),
                _ => [.. answers.Select(answer => (double)answer.Members.Right().Count(right => right))]),
            _ => Flawed(),
        };
        var path = context.Run.Classification(release.Id, ResultName);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path, JsonText.Write(candidates[chosen].Id));

        int Flawed()
        {
            door.OpenUnaccounted("accuracies of classifiers on the test split, to choose one by", "selection on the sensitive test set, which no noise covers");
            return Best(answers.Select(answer => answer.Test.Accuracy()));
        }
    }

    private static int Best(IEnumerable<double> scores) => scores.Index().MaxBy(pair => pair.Item).Index;

    private static ReportNoisyMax Mechanism(SelectionSection selection, LedgerAccount account) =>
        ReportNoisyMax.PermuteAndFlip(account.Relation, Bound, new Epsilon(selection.Epsilon));
}
