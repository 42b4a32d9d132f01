using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

public sealed class PairedErrorsTests
{
    private static readonly int[] Labels = new int[100];

    [Fact]
    public void An_error_is_a_share_with_its_exact_interval()
    {
        var (value, interval) = PairedErrors.Error(Wrong(7), Labels);
        Assert.Equal(0.07, value);
        Assert.Equal(ClopperPearson.TwoSided(7, 100), interval);
    }

    /// <summary>
    /// 30 images that only the other gets wrong and 10 that only this one does: with half an image more in each cell 20/102 = 0.196078, and a standard error of
    /// √(30.5 + 10.5 - 20²/102)/102 = 0.059698.
    /// </summary>
    [Fact]
    public void What_is_saved_rests_on_the_images_on_which_two_differ()
    {
        int[] both = [.. Enumerable.Range(0, 5)];
        var (own, other) = (Wrong([.. both, .. Enumerable.Range(5, 10)]), Wrong([.. both, .. Enumerable.Range(15, 30)]));
        var (value, interval) = PairedErrors.Saved(own, other, Labels);
        Assert.Equal(0.2, value, 1e-12);
        Assert.Equal(0.196078 - (1.959964 * 0.059698), interval.Lower, 2e-6);
        Assert.Equal(0.196078 + (1.959964 * 0.059698), interval.Upper, 2e-6);
        Assert.Equal(-0.2, PairedErrors.Saved(other, own, Labels).Value, 1e-12);
    }

    [Fact]
    public void Equal_answers_save_nothing_and_are_not_certain_to()
    {
        var (value, interval) = PairedErrors.Saved(Wrong(7), Wrong(7), Labels);
        Assert.Equal(0, value);
        Assert.Equal(1.959964 / 102, interval.Upper, 1e-6);
        Assert.Equal(-interval.Upper, interval.Lower, 1e-12);
    }

    [Fact]
    public void Answers_for_other_images_are_an_error()
    {
        Assert.Contains("3 answers for 100 labels", Images.InputError(() => PairedErrors.Error([1, 2, 3], Labels)), StringComparison.Ordinal);
        Assert.Contains("3 answers for 100 labels", Images.InputError(() => PairedErrors.Saved(Labels, [1, 2, 3], Labels)), StringComparison.Ordinal);
        Assert.Contains("0 answers for 0 labels", Images.InputError(() => PairedErrors.Error([], [])), StringComparison.Ordinal);
    }

    private static int[] Wrong(int count) => Wrong([.. Enumerable.Range(0, count)]);

    private static int[] Wrong(int[] places)
    {
        var answers = new int[Labels.Length];
        foreach (var place in places) answers[place] = 1;
        return answers;
    }
}
