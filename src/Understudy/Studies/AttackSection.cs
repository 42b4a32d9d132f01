using Understudy.Attacks;
using Understudy.Attacks.WhiteBox;

namespace Understudy.Studies;

/// <summary>One attack of a study.</summary>
/// <param name="Id">What the study calls it: unique, and a folder name.</param>
/// <param name="Name">Which attack.</param>
/// <param name="Options">A record of the attack's own type.</param>
public sealed record AttackSection(string Id, string Name, AttackOptions Options)
{
    /// <summary>Whether it asks released networks, and not images.</summary>
    internal bool IsWhiteBox => WhiteBoxAttacks.Find(Name) is not null;
}
