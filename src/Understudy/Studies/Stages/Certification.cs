using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Training.Private;

namespace Understudy.Studies.Stages;

/// <summary>Writes a method's certificate from what the ledger has recorded, not from what the method meant to do.</summary>
internal static class Certification
{
    // Points of the curve of spending: a look, not a table.
    private const int Points = 12;
    private const string Noise = "AES-256 in counter mode, keyed by the operating system; Gaussian by Box-Muller in double precision, hardened against floating-point attacks";

    /// <exception cref="InputException">The model holds more steps than the run has paid for.</exception>
    public static PrivacyCertificate Of(IReadOnlyList<PrivacyPlan> plans, LedgerExtract extract, string run, ImageSet members)
    {
        var uses = extract.Reservations.Where(use => use.Run == run).SelectMany(use => use.Plans).ToArray();
        var spent = plans.Select(plan => uses.Single(use => use.Label == plan.Label)).ToArray();
        foreach (var (plan, use) in plans.Zip(spent))
        {
            if (plan.Kept > use.Spent)
            {
                throw new InputException(
                    $"the model of {run} holds {plan.Kept} steps on private records, and the ledger has recorded {use.Spent} for this run: its checkpoint is another run's; start a new run in a new folder");
            }
        }
        var accountant = new TightestAccountant(extract.Relation);
        // What was paid under a name that the method does not tell of counts as well.
        LedgerPlanUse[] all = [.. spent, .. uses.Where(use => use.Spent > 0 && plans.All(plan => plan.Label != use.Label))];
        var steps = all.Sum(use => use.Spent);
        EpsilonBracket After(long count) => accountant.EpsilonAt(First(all, count), new Delta(extract.Delta));
        var total = After(steps);
        var points = Enumerable.Range(1, Points).Select(i => Math.Max(1, steps * i / Points)).Distinct();
        return new PrivacyCertificate(
            total.Upper.Value,
            total.Lower.Value,
            extract.Delta,
            extract.Relation,
            extract.Unit,
            $"{total.Method}, Understudy {typeof(PrivacyAccountant).Assembly.GetName().Version!.ToString(3)}",
            plans,
            [.. spent.Select(use => use.Spent)],
            plans is [{ Steps: 1 }] ? [] : [.. points.Select(point => new[] { point, After(point).Upper.Value })],
            Noise,
            [
                $"number of records: {plans[0].Records}",
                $"shape of an image: {members.Shape}",
                .. members.ClassCount > 0 ? [$"names of the classes: {string.Join(", ", members.ClassNames)}"] : Array.Empty<string>(),
            ]);
    }

    /// <summary>The first steps of all that was spent, one plan after the other.</summary>
    private static PrivacyEvent First(IReadOnlyList<LedgerPlanUse> spent, long steps)
    {
        PrivacyEvent? first = null;
        foreach (var use in spent)
        {
            var taken = Math.Min(use.Spent, steps);
            if (taken == 0) continue;
            steps -= taken;
            first = first is null ? use.Event.Times(taken) : first.Then(use.Event.Times(taken));
        }
        return first ?? throw new ArgumentException("no step was spent", nameof(steps));
    }
}
