using Understudy.Attacks;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks;

/// <summary>
/// Three generators whose leakage is known: one copies its members, one copies 1 % of them and is independent otherwise, one has not seen
/// them. The seeds are fixed; false alarms are what a worthless attack would cause under other seeds.
/// </summary>
public sealed class PlantedLeakTests
{
    private const int Count = 1000;
    private const int Copies = Count / 100;
    private static readonly ImageSet Members = Samples.NoiseImages(1, Count);
    private static readonly ImageSet NonMembers = Samples.NoiseImages(2, Count);
    private static readonly ImageSet Reference = Samples.NoiseImages(3, Count);
    private static readonly ImageSet Fresh = Samples.NoiseImages(4, Count);

    public static TheoryData<string> Names => PlantedLeaks.Names;

    [Fact]
    public void EveryAttackIsTried() =>
        Assert.Equal(MembershipAttacks.All.Select(entry => entry.Card.Name).Order(), PlantedLeaks.All.Values.Select(leak => leak.Attack.Card.Name).Distinct().Order());

    /// <summary>The least floor, an AUC of 0.7, lies 15 standard errors of a worthless attack above ½.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void CopierIsCaught(string name)
    {
        var result = Run(name, Members);
        Assert.True(result.Auc.Value > PlantedLeaks.All[name].Copier, $"AUC {result.Auc.Value}");
        Assert.True(result.EpsilonBound.Epsilon > (PlantedLeaks.All[name].Copier > 0.9 ? 3 : 0.5), $"epsilon {result.EpsilonBound.Epsilon}");
    }

    /// <summary>
    /// Ten of a thousand members are copied. The AUC of ten records that are nothing special has a standard error of 0.092: it exceeds 0.65
    /// with probability 5 %, 0.7 with 1.5 %, 0.75 with 0.3 %; that eight of them are found at an FPR of 1 % has probability 1e-14.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void MemoriserOfOnePercentIsCaught(string name)
    {
        var copied = Enumerable.Range(0, Copies).Select(i => i * (Count / Copies) + 7).ToArray();
        var result = Run(name, Samples.Concat(Members.Subset(copied), Fresh.Subset([.. Enumerable.Range(0, Count - Copies)])));
        var curve = RocCurve.FromScores(
            [.. result.Scores.Where(score => score.IsMember && copied.Contains(score.Index)).Select(score => score.Score)],
            [.. result.Scores.Where(score => !score.IsMember).Select(score => score.Score)]);
        var expected = PlantedLeaks.All[name];
        Assert.True(curve.Auc > expected.Copied, $"AUC {curve.Auc}");
        Assert.True(curve.At(0.01).TruePositiveRate >= expected.CopiedAtLowFpr, $"TPR {curve.At(0.01).TruePositiveRate}");
    }

    /// <summary>
    /// The AUC of a worthless attack has standard error 0.0129 and leaves 3 of them with probability 0.3 %; its TPR at an FPR of 1 % has 0.0045
    /// and exceeds 3 % with probability 1e-5; the bound on ε is above 0 with probability 5 % at most.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void FreshDataLeakNothing(string name)
    {
        const double AucError = 0.0129; // √((2n + 1) / (12 n²))
        var result = Run(name, Fresh);
        Assert.InRange(result.Auc.Value, 0.5 - 3 * AucError, 0.5 + 3 * AucError);
        Assert.InRange(result.Auc.Value, result.Auc.Interval!.Value.Lower, result.Auc.Interval.Value.Upper);
        Assert.InRange(result.ControlAuc!.Value, 0.5 - 3 * AucError, 0.5 + 3 * AucError);
        Assert.InRange(result.TprAtFpr[0].Raw, 0, 0.03);
        Assert.Equal(0, result.EpsilonBound.Epsilon);
    }

    [Fact]
    public void SameSeedSameScores()
    {
        AssertReproducible(new Logan(new LoganOptions { Steps = 20 }));
        AssertReproducible(new Domias());
        AssertReproducible(new Domias(new DomiasOptions { Density = DensityEstimator.Flow, FlowSteps = 20 }));
    }

    [Theory]
    [InlineData("logan")]
    [InlineData("domias")]
    public void ReferenceIsAskedFor(string name) => Assert.Equal($"the attack {name} needs reference images; give some, or use gan-leaks",
        Assert.Throws<InputException>(() => PlantedLeaks.All[name].Attack.Score(Fresh, Members, null, 1)).Message);

    private static AttackResult Run(string name, ImageSet released) =>
        AttackEvaluation.Run(PlantedLeaks.All[name].Attack, new AttackData(released, Members, NonMembers, Reference), new AttackSettings { Seed = 7 });

    private static void AssertReproducible(Attack attack)
    {
        var few = Members.Subset([.. Enumerable.Range(0, 50)]);
        var known = Reference.Subset([.. Enumerable.Range(0, 50)]);
        var first = attack.Score(few, few, known, 3);
        Assert.Equal(first, attack.Score(few, few, known, 3));
        Assert.NotEqual(first, attack.Score(few, few, known, 4));
    }
}
