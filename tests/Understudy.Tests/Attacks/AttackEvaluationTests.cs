using Understudy.Attacks;
using Understudy.Data;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks;

public sealed class AttackEvaluationTests
{
    private const int Count = 400;
    // The AUC of a worthless attack has this standard error: √((n + n + 1) / (12 n²)).
    private static readonly double AucError = Math.Sqrt((2 * Count + 1.0) / (12.0 * Count * Count));
    private static readonly ImageSet Members = Samples.NoiseImages(1, Count);
    private static readonly ImageSet NonMembers = Samples.NoiseImages(2, Count);
    private static readonly ImageSet Reference = Samples.NoiseImages(3, Count);
    private static readonly ImageSet Fresh = Samples.NoiseImages(4, Count);
    private static readonly AttackSettings Settings = new() { Seed = 7 };

    /// <summary>
    /// A generator that copies each member with probability ½ and is independent otherwise: copies are found for certain, the rest is a
    /// guess, so the AUC is ½ + ¼ within 4 standard errors √(1/16 / n) of the number of copies.
    /// </summary>
    [Fact]
    public void HalfAMemoriserIsHalfCaught()
    {
        var random = new Random(11);
        var copied = Enumerable.Range(0, Count).Where(_ => random.Next(2) == 0).ToArray();
        var result = Run(Samples.Concat(Members.Subset(copied), Fresh.Subset([.. Enumerable.Range(0, Count - copied.Length)])));
        Assert.InRange(result.Auc.Value, 0.75 - 4 * 0.0125, 0.75 + 4 * 0.0125 + 0.01);
    }

    [Fact]
    public void AttackLearnsNothingFromTheOrder()
    {
        var result = AttackEvaluation.Run(new ByOrder(), Data(Fresh), Settings);
        Assert.InRange(result.Auc.Value, 0.5 - 3 * AucError, 0.5 + 3 * AucError);
    }

    [Fact]
    public void LargerKindIsCut()
    {
        var result = AttackEvaluation.Run(new GanLeaks(), Data(Members) with { NonMembers = NonMembers.Subset([.. Enumerable.Range(0, 150)]) }, Settings);
        Assert.Equal((150, 150), (result.MemberCount, result.NonMemberCount));
        Assert.Equal(300, result.Scores.Count);
        Assert.Equal(150, result.Scores.Where(s => s.IsMember).Select(s => s.Index).Distinct().Count());
        Assert.Contains(result.Scores, s => s is { IsMember: true, Index: > 150 });
    }

    [Fact]
    public void ScoresBelongToTheirRecords()
    {
        var released = Members.Subset([3, 5]);
        var result = AttackEvaluation.Run(new GanLeaks(), Data(released), Settings);
        Assert.Equal([(true, 3), (true, 5)], result.Scores.Where(s => s.Score == 0).Select(s => (s.IsMember, s.Index)));
    }

    [Fact]
    public void DuplicatesAreLeftOutWithANote()
    {
        var shared = NonMembers.Subset([0, 1]);
        var data = new AttackData(Members, Samples.Concat(Members, shared), NonMembers, Samples.Concat(Reference, Members.Subset([0]), NonMembers.Subset([5])));
        var result = AttackEvaluation.Run(new CalibratedGanLeaks(), data, Settings);
        Assert.Equal(
        [
            "2 members and 2 non-members are equal images and were left out",
            "2 reference images equal a member or non-member and were left out",
        ], result.Notes);
        Assert.Equal(Count - 2, result.MemberCount);
        Assert.DoesNotContain(result.Scores, s => !s.IsMember && s.Index < 2);
        Assert.DoesNotContain(result.Scores, s => s.IsMember && s.Index >= Count);
    }

    [Fact]
    public void ControlNeedsFourReferences()
    {
        Assert.Null(AttackEvaluation.Run(new Domias(), Data(Fresh) with { Reference = Reference.Subset([0, 1, 2]) }, Settings).ControlAuc);
        Assert.NotNull(AttackEvaluation.Run(new Domias(), Data(Fresh) with { Reference = Reference.Subset([0, 1, 2, 3]) }, Settings).ControlAuc);
    }

    [Fact]
    public void SameSeedSameResult()
    {
        var (first, second) = (Run(Fresh), Run(Fresh));
        Assert.Equal(JsonText.Write(first), JsonText.Write(second));
        Assert.Equal(first.Scores, second.Scores);
    }

    [Fact]
    public void LowRatesNeedEnoughNonMembers()
    {
        var result = Run(Members);
        Assert.Equal([0.01, 0.001], result.TprAtFpr.Select(rate => rate.FalsePositiveRate));
        Assert.All(result.TprAtFpr, rate => Assert.Equal(double.NaN, rate.Raw));
        Assert.Equal("not measurable: 400 non-members; it takes 10000", result.TprAtFpr[1].Note);

        var many = Samples.NoiseImages(8, 1000, 2);
        var large = AttackEvaluation.Run(new GanLeaks(), new AttackData(many, many, Samples.NoiseImages(9, 1000, 2)), Settings);
        var rate = large.TprAtFpr[0];
        Assert.Null(large.ControlAuc);
        Assert.Equal((1.0, 1.0), (rate.Raw, rate.Hull));
        Assert.Equal(Math.Pow(0.025, 1e-3), rate.RawInterval!.Value.Lower, 1e-12);
        Assert.Equal(rate.RawInterval, rate.HullInterval);
        Assert.Equal(double.NaN, large.TprAtFpr[1].Raw);
    }

    [Fact]
    public void ScoresMadeElsewhereAreMeasuredAlike()
    {
        var card = new AttackCard("lira", "", "classifier", NeedsReference: false, "");
        var result = AttackEvaluation.Measure(card, [1, 5, 2, 6, 3], [false, true, false, true, true], Settings);
        Assert.Equal((1.0, 3, 2), (result.Auc.Value, result.MemberCount, result.NonMemberCount));
        Assert.Equal([(true, 1), (true, 3), (true, 4), (false, 0), (false, 2)], result.Scores.Select(score => (score.IsMember, score.Index)));
        Assert.Null(result.ControlAuc);
        Assert.Throws<InputException>(() => AttackEvaluation.Measure(card, [1], [true, false], Settings));
        Assert.Throws<InputException>(() => AttackEvaluation.Measure(card, [1, 2, 3], [true, true, false], Settings));
    }

    [Fact]
    public void ErrorsSayWhatIsMissing()
    {
        Assert.Contains("gan-leaks-calibrated needs reference images", Message(new CalibratedGanLeaks(), Data(Members) with { Reference = null }), StringComparison.Ordinal);
        Assert.Contains("no released images", Message(new GanLeaks(), Data(Members.Subset([]))), StringComparison.Ordinal);
        Assert.Contains("member images have shape 1x9x9, released ones 1x8x8", Message(new GanLeaks(), Data(Members) with { Members = Samples.NoiseImages(1, 9, 9) }), StringComparison.Ordinal);
        Assert.Contains("0 images are left", Message(new GanLeaks(), Data(Members) with { NonMembers = Members }), StringComparison.Ordinal);
        Assert.Contains("every reference image is a member or non-member", Message(new CalibratedGanLeaks(), Data(Members) with { Reference = Members }), StringComparison.Ordinal);

        static string Message(Attack attack, AttackData data) => Assert.Throws<InputException>(() => AttackEvaluation.Run(attack, data, Settings)).Message;
    }

    private static AttackData Data(ImageSet released) => new(released, Members, NonMembers, Reference);

    private static AttackResult Run(ImageSet released) => AttackEvaluation.Run(new GanLeaks(), Data(released), Settings);

    /// <summary>Would be perfect if members came first.</summary>
    private sealed class ByOrder : Attack
    {
        public override AttackCard Card => new("by-order", "", "dataset", NeedsReference: false, "");

        public override double[] Score(ImageSet released, ImageSet candidates, ImageSet? reference, ulong seed) =>
            [.. Enumerable.Range(0, candidates.Count).Select(i => -(double)i)];
    }
}
