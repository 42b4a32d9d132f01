using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;

namespace Understudy.Studies.Grids;

/// <summary>
/// Reads from the ledger what is guaranteed of a release. Members are opened by one door alone, in the name of whoever opens it; so all that a release
/// can tell of them stands under the names of what went into it.
/// </summary>
/// <param name="extract">What the ledger holds.</param>
/// <param name="nameOf">The ledger's name of a training, data set or choice.</param>
internal sealed class Guarantees(LedgerExtract extract, Func<string, string> nameOf)
{
    private readonly TightestAccountant _accountant = new(extract.Relation);
    private readonly Dictionary<PrivacyEvent, double> _known = [];

    /// <summary>The guarantee of a release.</summary>
    public ReleaseGuarantee Of(GridRelease release) => Of(Sources(release), Readers(release));

    /// <summary>The guarantee of what came from these.</summary>
    /// <param name="names">Trainings, data sets and choices.</param>
    /// <param name="readers">Those of them that cannot be made without opening the members. One that the ledger knows nothing of was made under another ledger, so that what it cost is not known.</param>
    public ReleaseGuarantee Of(IReadOnlyList<string> names, params IReadOnlyList<string> readers)
    {
        var runs = names.ToDictionary(nameOf);
        var uses = extract.Reservations.Where(use => runs.ContainsKey(use.Run)).SelectMany(use => use.Plans.Where(plan => plan.Spent > 0).Select(plan => (Name: runs[use.Run], Plan: plan))).ToArray();
        string[] uncovered = [.. extract.Unaccounted.Where(read => runs.ContainsKey(read.Run)).Select(read => $"{runs[read.Run]}: {read.What}").Distinct(), .. Unknown(readers, uses)];
        var parts = uses.Select(use => new GuaranteePart(use.Name, use.Plan.Label, EpsilonOf(use.Plan.Event.Times(use.Plan.Spent)))).ToArray();
        var epsilon = uncovered.Length > 0 ? (double?)null
            : uses.Length == 0 ? 0
            : EpsilonOf(new ComposedEvent([.. uses.Select(use => use.Plan.Event.Times(use.Plan.Spent))]));
        return new ReleaseGuarantee(epsilon, extract.Delta, extract.Unit, extract.Relation, parts, uncovered);
    }

    private static string[] Sources(GridRelease release)
    {
        var sources = new List<string>();
        if (release.DataSet is { } data) sources.AddRange([data.Generator.Id, data.Id]);
        if (release.Classifier is { DataSet: null } real) sources.Add(real.Id);
        if (release.Selection is not null) sources.Add(release.Id);
        return [.. sources];
    }

    /// <summary>What must have opened the members to make a release.</summary>
    private static string[] Readers(GridRelease release)
    {
        var readers = new List<string>();
        if (release.DataSet is { } data) readers.Add(data.Generator.Id);
        if (release.DataSet is { Sampler: { } sampler } && (sampler.Voting is not null || sampler.NearCopies is not null || sampler.Plan is not null)) readers.Add(release.DataSet.Id);
        if (release.Classifier is { DataSet: null } real) readers.Add(real.Id);
        if (release.Selection is SelectionMode.Val or SelectionMode.Sen) readers.Add(release.Id);
        return [.. readers];
    }

    private IEnumerable<string> Unknown(IReadOnlyList<string> readers, (string Name, LedgerPlanUse Plan)[] uses) =>
        readers.Where(name => uses.All(use => use.Name != name) && extract.Unaccounted.All(read => read.Run != nameOf(name)))
            .Select(name => $"{name}: all that it read of the members, since this ledger knows nothing of it; go on with the ledger that the run was begun with");

    private double EpsilonOf(PrivacyEvent spent) => _known.TryGetValue(spent, out var epsilon) ? epsilon : _known[spent] = _accountant.EpsilonAt(spent, new Delta(extract.Delta)).Upper.Value;
}
