using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;
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
    public static PrivacyCertificate Of(PrivacyPlan plan, LedgerExtract extract, string run, ImageSet members)
    {
        var spent = extract.Reservations.Where(use => use.Run == run).SelectMany(use => use.Plans).Single(use => use.Label == plan.Label);
        if (plan.Kept > spent.Spent)
        {
            throw new InputException(
                $"the model of {run} holds {plan.Kept} steps on private records, and the ledger has recorded {spent.Spent} for this run: its checkpoint is another run's; start a new run in a new folder");
        }
        var accountant = new TightestAccountant(extract.Relation);
        EpsilonBracket After(long steps) => accountant.EpsilonAt(spent.Event.Times(steps), new Delta(extract.Delta));
        var total = After(spent.Spent);
        var steps = Enumerable.Range(1, Points).Select(i => Math.Max(1, spent.Spent * i / Points)).Distinct();
        return new PrivacyCertificate(
            total.Upper.Value,
            total.Lower.Value,
            extract.Delta,
            extract.Relation,
            extract.Unit,
            $"{total.Method}, Understudy {typeof(PrivacyAccountant).Assembly.GetName().Version!.ToString(3)}",
            plan,
            spent.Spent,
            plan.Steps == 1 ? [] : [.. steps.Select(step => new[] { step, After(step).Upper.Value })],
            Noise,
            [
                $"number of records: {plan.Records}",
                $"shape of an image: {members.Shape}",
                .. members.ClassCount > 0 ? [$"names of the classes: {string.Join(", ", members.ClassNames)}"] : Array.Empty<string>(),
            ]);
    }
}
