namespace Understudy.Tests.PlantedBugs;

/// <summary>Every check passes on the library's private training and on the one by the book, and catches the bug that it is there for.</summary>
public sealed class PrivateStepTests
{
    private static readonly Dictionary<string, Action<Start>> Checks = StepMutants.All.Values.Select(mutant => mutant.Check).DistinctBy(check => check.Method.Name).ToDictionary(check => check.Method.Name);

    public static TheoryData<string> CheckNames => [.. Checks.Keys];

    public static TheoryData<string> Bugs => [.. StepMutants.All.Keys];

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void The_library_passes(string check) => Checks[check](trial => new RealSteps(trial));

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void The_book_passes(string check) => Checks[check](trial => new TextbookSteps(trial));

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_caught(string bug)
    {
        var (check, start) = StepMutants.All[bug];
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => check(start));
    }
}
