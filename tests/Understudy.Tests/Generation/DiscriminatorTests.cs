using Understudy.Data;
using Understudy.Generation;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Generation;

/// <summary>Discriminators that may be released beside their generator.</summary>
public sealed class DiscriminatorTests
{
    private static readonly ImageSet Members = Images.Noise(24, 1, 28, 28, classes: 2);

    // One of each kind of judgement.
    public static TheoryData<string> Judging => ["dcgan", "cgan", "acgan", "ssgan", "stylegan", "dp-cgan"];

    [Fact]
    public void The_list_of_methods_says_which_have_one() =>
        Assert.All(Synthesizers.All.Where(entry => entry.Card.Modality == "image"), entry => Assert.Equal(Made(entry) is IJudgesImages, entry.JudgesImages));

    [Theory]
    [MemberData(nameof(Judging))]
    public void It_judges_after_it_was_saved_and_read_as_before(string name)
    {
        using var folder = new TempFolder();
        using var owned = (IDisposable)Create(Synthesizers.Get(name));
        var fitted = (Synthesizer)owned;
        fitted.Fit(Members.Private(folder), new FitContext(folder["fit"], 1));
        var expected = ((IJudgesImages)fitted).Judge(Members);
        Assert.True(expected.Distinct().Count() > Members.Count / 2);
        fitted.Save(folder["model"]);
        ((IJudgesImages)fitted).SaveDiscriminator(folder["discriminator"]);

        using var again = (IDisposable)Create(Synthesizers.Get(name));
        ((Synthesizer)again).Load(folder["model"]);
        if (!((IJudgesImages)again).SavesDiscriminator) Assert.NotEqual(expected, ((IJudgesImages)again).Judge(Members));
        ((IJudgesImages)again).LoadDiscriminator(folder["discriminator"]);
        Assert.Equal(expected, ((IJudgesImages)again).Judge(Members));
    }

    [Fact]
    public void One_that_is_told_classes_asks_for_them()
    {
        using var folder = new TempFolder();
        using var owned = (IDisposable)Create(Synthesizers.Get("cgan"));
        ((Synthesizer)owned).Fit(Members.Private(folder), new FitContext(folder["fit"], 1));
        Assert.Equal("the discriminator of cgan is told the class, and the images have no labels; give them labels",
            Images.InputError(() => ((IJudgesImages)owned).Judge(new ImageSet(Members.Shape, Members.Pixels))));
    }

    /// <summary>Private Evolution draws digits unless told otherwise.</summary>
    private static Synthesizer Made(SynthesizerEntry entry) => entry.Create(Activator.CreateInstance(entry.OptionsType)!, Members.Shape, ["0", "1"]);

    private static Synthesizer Create(SynthesizerEntry entry) => entry.Create(SmallOptions.Of(entry, steps: 2, checkpointEvery: 2), Members.Shape, Members.ClassNames);
}
