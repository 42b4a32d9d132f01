using Understudy.Attacks;
using Understudy.Data;

namespace Understudy.Tests.Attacks;

public sealed class MembershipAttacksTests
{
    [Fact]
    public void EveryAttackIsMadeFromItsDefaults() => Assert.All(MembershipAttacks.All, entry =>
    {
        var attack = entry.Create((AttackOptions)Activator.CreateInstance(entry.OptionsType)!);
        Assert.Equal(entry.Card, attack.Card);
        Assert.Same(entry, MembershipAttacks.Get(entry.Card.Name));
    });

    [Fact]
    public void MistypedNameIsCorrected() => Assert.Equal("unknown attack 'gan-leeks'; did you mean 'gan-leaks'?",
        Assert.Throws<InputException>(() => MembershipAttacks.Get("gan-leeks")).Message);
}
