namespace Understudy.Attacks;

/// <summary>The score of one candidate.</summary>
/// <param name="IsMember">Whether it is a member.</param>
/// <param name="Index">Its index among all members or all non-members; among all records where these are one list.</param>
/// <param name="Score">Larger means "more likely a member".</param>
public readonly record struct CandidateScore(bool IsMember, int Index, double Score);
