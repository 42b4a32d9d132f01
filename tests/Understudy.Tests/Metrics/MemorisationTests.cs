using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Tests.Metrics;

public sealed class MemorisationTests
{
    private static readonly ImageSet Members = Samples.NoiseImages(1, 400);
    private static readonly ImageSet Holdout = Samples.NoiseImages(2, 300);

    /// <summary>Of 600 independent records the share nearer to members is within 4 standard errors of ½ except with probability 6e-5.</summary>
    [Fact]
    public void IndependentRecordsAreAsNearToEither()
    {
        var report = Memorisation.Measure(Samples.NoiseImages(3, 600), Members, Holdout, seed: 1);
        Assert.InRange(report.Metrics[0].Value, 0.5 - 4 * 0.0204, 0.5 + 4 * 0.0204);
        Assert.Equal(0, report.Metrics[1].Value);
        Assert.Equal(600, report.MemberDistances.Length);
    }

    [Fact]
    public void CopiesAreCountedAmongAllMembers()
    {
        // Equal numbers of members and holdout, so that every copy has its original.
        var report = Memorisation.Measure(Members.Subset([.. Enumerable.Range(0, 50), .. Enumerable.Range(0, 50)]), Members.Subset([.. Enumerable.Range(0, 300)]), Holdout, seed: 1);
        Assert.Equal(1, report.Metrics[0].Value);
        Assert.Equal(100, report.Metrics[1].Value);
        Assert.Equal(0, report.Metrics[2].Value);
        Assert.True(report.Metrics[3].Value > 0);
        Assert.Equal(100, Memorisation.Measure(Members.Subset([.. Enumerable.Range(300, 100)]), Members, Holdout, seed: 1).Metrics[1].Value);
    }

    [Fact]
    public void AnImageUnderAnotherMaskIsACopy()
    {
        var (images, shape) = (Samples.NoiseImages(4, 40), Samples.NoiseImages(4, 40).Shape with { Channels = 1 });
        ImageSet Masked(ImageSet set, byte value) => ImagePairs.Join(set, new ImageSet(shape, [.. Enumerable.Repeat(value, set.Count * shape.Length)]));
        var other = Masked(Samples.NoiseImages(5, 40), 255); // the same masks on other images are none
        Assert.Equal(40, Memorisation.Measure(Masked(images, 0), Masked(images, 255), other, seed: 1).Metrics[1].Value);
        Assert.Equal(0, Memorisation.Measure(other, Masked(images, 255), Masked(images, 255), seed: 1).Metrics[1].Value);
    }

    [Fact]
    public void TiesAreSplit() => Assert.Equal(0.5, Memorisation.Measure(Samples.NoiseImages(3, 40), Members, Members, seed: 1).Metrics[0].Value);

    [Fact]
    public void DistancesAreInUnitsOfTheFullScale()
    {
        ImageSet One(byte value) => new(new ImageShape(1, 2, 2), [value, value, value, value]);
        var report = Memorisation.Measure(One(0), One(255), One(51), seed: 1);
        Assert.Equal([2.0], report.MemberDistances);
        Assert.Equal(0.4, report.HoldoutDistances[0], 1e-15);
        Assert.Equal(new Interval(2, 2), report.Metrics[2].Interval);
    }

    [Fact]
    public void EveryFigureSaysThatItIsNoPrivacyMeasure() => Assert.All(Memorisation.Measure(Members, Members, Holdout, seed: 1).Metrics,
        metric => Assert.StartsWith("not a privacy measure", metric.Note, StringComparison.Ordinal));

    [Fact]
    public void NeedsRecords() =>
        Assert.Throws<InputException>(() => Memorisation.Measure(Members.Subset([]), Members, Holdout, seed: 1));
}
