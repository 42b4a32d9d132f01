namespace Understudy.Sampling;

/// <summary>The identities that stand behind one output of k-same.</summary>
/// <param name="Label">Their class; null where records have no labels.</param>
/// <param name="Identities">At least k identities, each the indices of all its records: of one where records are not grouped.</param>
public sealed record KSameGroup(int? Label, IReadOnlyList<int[]> Identities)
{
    /// <summary>The indices of all records of the group.</summary>
    public IEnumerable<int> Records => Identities.SelectMany(records => records);
}
