using Understudy.Attacks;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Attacks;

/// <summary>Planted leaks in the bundled chest X-rays, some of which are near-duplicates of others by nature.</summary>
public sealed class ChestXrayTests
{
    private static readonly Splits Splits = Splits.Create(ImageData.Open(Shared.Find("data/pneumoniamnist/pneumoniamnist.npz")!), new SplitOptions(), seed: 1);

    public static TheoryData<string> Names => [.. MembershipAttacks.All.Select(entry => entry.Card.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void CopierIsCaught(string name)
    {
        var result = Attack(name, Splits.Members);
        Assert.True(result.Auc.Value > 0.99, $"AUC {result.Auc.Value}");
        Assert.True(result.TprAtFpr[0].Raw > 0.99);
        Assert.True(result.EpsilonBound.Epsilon > 4);
    }

    /// <summary>A release of real images that the attacker does not know: outside 3 standard errors with probability 0.3 % a seed; the seed is fixed.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void FreshImagesLeakNothing(string name)
    {
        var result = Attack(name, Splits.Test);
        var error = Math.Sqrt((2.0 * result.MemberCount + 1) / 12) / result.MemberCount;
        Assert.InRange(result.Auc.Value, 0.5 - 3 * error, 0.5 + 3 * error);
        Assert.InRange(result.ControlAuc!.Value, 0.5 - 3 * error, 0.5 + 3 * error);
    }

    /// <summary>Half of the members copied: their scores are the highest but for natural near-duplicates, and the AUC is about ¾.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void HalfAMemoriserIsHalfCaught(string name)
    {
        var random = new Random(3);
        var copied = Enumerable.Range(0, Splits.Members.Count).Where(_ => random.Next(2) == 0).ToArray();
        Assert.InRange(Attack(name, Splits.Members.Subset(copied)).Auc.Value, 0.7, 0.8);
    }

    [Fact]
    public void MemorisationShowsInTheNearestNeighbours()
    {
        var fresh = Memorisation.Measure(Splits.Test, Splits.Members, Splits.NonMembers, seed: 1);
        Assert.InRange(fresh.Metrics[0].Value, 0.42, 0.58); // 624 images: 4 standard errors
        var copied = Memorisation.Measure(Splits.Members, Splits.Members, Splits.NonMembers, seed: 1);
        Assert.Equal(Splits.Members.Count, copied.Metrics[1].Value);
    }

    private static AttackResult Attack(string name, ImageSet released)
    {
        var entry = MembershipAttacks.Get(name);
        var attack = entry.Create(Activator.CreateInstance(entry.OptionsType)!);
        return AttackEvaluation.Run(attack, new AttackData(released, Splits.Members, Splits.NonMembers, Splits.Reference), new AttackSettings { Seed = 1 });
    }
}
