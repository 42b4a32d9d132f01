using Understudy.Attacks;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Attacks;

/// <summary>Planted leaks in the bundled chest X-rays, some of which are near-duplicates of others by nature.</summary>
public sealed class ChestXrayTests
{
    private static readonly Splits Splits = Splits.Create(
        ImageData.Open(Shared.Find("data/pneumoniamnist/pneumoniamnist.npz")!), new SplitOptions { Members = 500, NonMembers = 500, Reference = 500 }, seed: 1);

    // The least AUC against a copier, and by how much half a copier's is allowed to stay below the ¾ of one that finds every copy.
    private static readonly Dictionary<string, (Attack Attack, double Copier, double Half)> Attacks = new()
    {
        ["gan-leaks"] = (new GanLeaks(), 0.99, 0.7),
        ["gan-leaks-calibrated"] = (new CalibratedGanLeaks(), 0.99, 0.7),
        ["monte-carlo"] = (new MonteCarlo(), 0.99, 0.6),
        ["logan"] = (new Logan(new LoganOptions { Steps = 100 }), 0.8, 0.6),
        ["domias"] = (new Domias(), 0.9, 0.65),
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void CopierIsCaught(string name)
    {
        var result = Attack(name, Splits.Members);
        Assert.True(result.Auc.Value > Attacks[name].Copier, $"AUC {result.Auc.Value}");
        Assert.True(result.EpsilonBound.Epsilon > (Attacks[name].Copier > 0.95 ? 4 : 0.3), $"epsilon {result.EpsilonBound.Epsilon}");
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

    /// <summary>Half of the members copied: where their scores are the highest but for natural near-duplicates the AUC is about ¾, less elsewhere.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void HalfAMemoriserIsHalfCaught(string name)
    {
        var random = new Random(3);
        var copied = Enumerable.Range(0, Splits.Members.Count).Where(_ => random.Next(2) == 0).ToArray();
        Assert.InRange(Attack(name, Splits.Members.Subset(copied)).Auc.Value, Attacks[name].Half, 0.8);
    }

    [Fact]
    public void MemorisationShowsInTheNearestNeighbours()
    {
        var fresh = Memorisation.Measure(Splits.Test, Splits.Members, Splits.NonMembers, seed: 1);
        Assert.InRange(fresh.Metrics[0].Value, 0.42, 0.58); // 624 images: 4 standard errors
        var copied = Memorisation.Measure(Splits.Members, Splits.Members, Splits.NonMembers, seed: 1);
        Assert.Equal(Splits.Members.Count, copied.Metrics[1].Value);
    }

    private static AttackResult Attack(string name, ImageSet released) =>
        AttackEvaluation.Run(Attacks[name].Attack, new AttackData(released, Splits.Members, Splits.NonMembers, Splits.Reference), new AttackSettings { Seed = 1 });
}
