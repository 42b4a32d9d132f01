using Understudy.Classification;
using Understudy.Tests.Data;

namespace Understudy.Tests.Classification;

public sealed class FewShotEpisodesTests
{
    private const int Classes = 30;
    private const int Each = 20;
    private static readonly int[] Labels = [.. Enumerable.Range(0, Classes * Each).Select(i => i % Classes)];

    // Classes lie 1 apart along a line, records of one within 0.01.
    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    public void Separated_classes_are_told_apart_without_an_error(int shots)
    {
        var random = new Random(1);
        float[] features = [.. Labels.Select(k => (float)(k + (0.01 * random.NextDouble())))];
        Assert.All(new FewShotEpisodes(Labels, 20, shots).Accuracies(features, 5, seed: 1), accuracy => Assert.Equal(1, accuracy));
    }

    // Noise tells nothing of classes: 400 episodes of 5 questions have a standard deviation of 0.009 around 1/5, so that 0.04 is off by chance
    // about once in 10⁵ seeds. Were the record that is asked among those learnt from, one shot would always be right.
    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    public void Noise_is_named_by_chance(int shots)
    {
        var random = new Random(2);
        float[] features = [.. Labels.SelectMany(_ => new[] { (float)random.NextDouble(), (float)random.NextDouble() })];
        Assert.InRange(new FewShotEpisodes(Labels, 5, shots).Accuracies(features, 400, seed: 1).Average(), 0.16, 0.24);
    }

    // The same features in another order make the same machine, but only in the same episode.
    [Fact]
    public void Episodes_are_those_of_the_seed_whatever_the_features()
    {
        var random = new Random(3);
        var pairs = Array.ConvertAll(Labels, k => (A: (float)(k + (8 * random.NextDouble())), B: (float)random.NextDouble()));
        var episodes = new FewShotEpisodes(Labels, 5, 2);
        var accuracies = episodes.Accuracies([.. pairs.SelectMany(x => new[] { x.A, x.B })], 40, seed: 1);
        Assert.Equal(accuracies, episodes.Accuracies([.. pairs.SelectMany(x => new[] { x.B, x.A })], 40, seed: 1));
        Assert.NotEqual(accuracies, episodes.Accuracies([.. pairs.SelectMany(x => new[] { x.A, x.B })], 40, seed: 2));
        Assert.True(accuracies.Distinct().Count() > 2);
    }

    [Fact]
    public void Too_few_classes_with_images_enough_are_refused()
    {
        int[] labels = [0, 0, 0, 1, 1, 1, 2, 2];
        _ = new FewShotEpisodes(labels, 2, 2);
        Assert.Equal(
            "3-way 2-shot episodes need 3 classes of 3 test images or more, and there are 2; ask for fewer ways or shots",
            Images.InputError(() => _ = new FewShotEpisodes(labels, 3, 2)));
    }
}
