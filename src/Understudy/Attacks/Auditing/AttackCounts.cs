using Understudy.Data;

namespace Understudy.Attacks.Auditing;

/// <summary>What an attack got right and wrong at one threshold.</summary>
/// <param name="TruePositives">Members (canaries that were put in) called members.</param>
/// <param name="Members">Members.</param>
/// <param name="FalsePositives">Non-members (canaries that were left out) called members.</param>
/// <param name="NonMembers">Non-members.</param>
public readonly record struct AttackCounts(int TruePositives, int Members, int FalsePositives, int NonMembers)
{
    /// <summary>Records called members.</summary>
    public int Guesses => TruePositives + FalsePositives;

    /// <summary>All records.</summary>
    public int Records => Members + NonMembers;

    /// <summary>Counts at a threshold.</summary>
    /// <param name="memberScores">Scores of members.</param>
    /// <param name="nonMemberScores">Scores of non-members.</param>
    /// <param name="threshold">Records that score at least this are called members.</param>
    /// <exception cref="InputException">There are no scores of one kind.</exception>
    public static AttackCounts At(ReadOnlySpan<double> memberScores, ReadOnlySpan<double> nonMemberScores, double threshold)
    {
        if (memberScores.IsEmpty || nonMemberScores.IsEmpty) throw new InputException("a lower bound needs scores of members and of non-members");
        return new AttackCounts(CountAtLeast(memberScores, threshold), memberScores.Length, CountAtLeast(nonMemberScores, threshold), nonMemberScores.Length);
    }

    /// <exception cref="ArgumentOutOfRangeException">A count is negative or larger than its whole.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(NonMembers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(TruePositives);
        ArgumentOutOfRangeException.ThrowIfNegative(FalsePositives);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TruePositives, Members);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FalsePositives, NonMembers);
    }

    private static int CountAtLeast(ReadOnlySpan<double> scores, double threshold)
    {
        var count = 0;
        foreach (var score in scores) count += score >= threshold ? 1 : 0;
        return count;
    }
}
