using Understudy.Attacks.Classifiers;
using Understudy.Data;

namespace Understudy.Tests.Attacks.Classifiers;

public sealed class ModelScoresTests
{
    private static readonly ModelScores Scores = new([1, 2, 3, 4, 5, 6], [true, false, true, false, true, true], 3);

    [Fact]
    public void TargetIsNotAmongItsShadows()
    {
        var (target, isMember, shadows) = Scores.Split(1);
        Assert.Equal([2, 5], target);
        Assert.Equal([false, true], isMember);
        Assert.Equal((2, 2), (shadows.Models, shadows.Records));
        Assert.Equal([1, 3], shadows.Row(0).ToArray());
        Assert.Equal([false, true], shadows.Included(1).ToArray());
        Assert.Equal([4], shadows.Of(1, included: false));
    }

    [Fact]
    public void SelectMapsEveryScore() => Assert.Equal([8, 10, 12], Scores.Select(value => 2 * value).Row(1).ToArray());

    [Fact]
    public void WrongTablesAreRefused()
    {
        Assert.Throws<InputException>(() => new ModelScores([1, 2, 3], [true, true, true], 2));
        Assert.Contains("model 1 for record 0 is NaN", Assert.Throws<InputException>(() => new ModelScores([1, double.NaN], [true, true], 2)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new ModelScores([1], [true], 1).Split(0));
    }
}
