using Understudy.Studies.Grids;

namespace Understudy.Tests.Studies.Grids;

public sealed class GridScheduleTests
{
    private static readonly GridItem[] Items = [Item("train", "a"), Item("train", "b"), Item("sample", "a", "train a"), Item("sample", "b", "train b"), Item("attack", "a", "sample a")];

    [Fact]
    public void A_piece_waits_for_those_that_it_needs()
    {
        var schedule = new GridSchedule(Items, _ => false);
        var (first, second) = (schedule.Next()!, schedule.Next()!);
        Assert.Equal(("train a", "train b"), (first.Id, second.Id));
        Assert.Null(schedule.Next());
        schedule.Finish(second, 1);
        Assert.Equal("sample b", schedule.Next()!.Id);
        Assert.False(schedule.IsFinished);
    }

    [Fact]
    public void What_is_done_is_not_done_again()
    {
        var schedule = new GridSchedule(Items, item => item.Stage == "train" || item.Subject == "b");
        Assert.Equal((3, "sample a"), (schedule.Done, schedule.Next()!.Id));
    }

    [Fact]
    public void A_failure_takes_along_what_needs_it_and_nothing_else()
    {
        var schedule = new GridSchedule(Items, _ => false);
        schedule.Fail(schedule.Next()!, "out of luck");
        while (schedule.Next() is { } item) schedule.Finish(item, 1);

        Assert.True(schedule.IsFinished);
        Assert.Equal((2, 3), (schedule.Done, schedule.Failures.Count));
        Assert.Equal(("a", "out of luck", false), (schedule.Failures[0].Subject, schedule.Failures[0].Why, schedule.Failures[0].IsConsequence));
        Assert.Equal(("sample", "needs train a", true), (schedule.Failures[1].Stage, schedule.Failures[1].Why, schedule.Failures[1].IsConsequence));
        Assert.Equal(("attack", "needs sample a", true), (schedule.Failures[2].Stage, schedule.Failures[2].Why, schedule.Failures[2].IsConsequence));
    }

    [Fact]
    public void Time_left_is_what_pieces_of_the_kind_have_taken_shared_among_workers()
    {
        var schedule = new GridSchedule(Items, _ => false);
        Assert.Null(schedule.SecondsLeft(2));
        schedule.Finish(schedule.Next()!, 30);
        Assert.Equal("train b", schedule.Next()!.Id);
        schedule.Finish(Items[1], 10);
        // Two samples and an attack of unknown length: three times the mean of 20 seconds, by two workers.
        Assert.Equal(30, schedule.SecondsLeft(2));
        schedule.Finish(schedule.Next()!, 2);
        // A sample of 2 seconds, an attack of the mean of 14.
        Assert.Equal(16, schedule.SecondsLeft(1)!.Value, 1e-9);
    }

    private static GridItem Item(string stage, string subject, params string[] needs) => new(stage, subject, subject, 1, "", needs, (_, _) => { });
}
