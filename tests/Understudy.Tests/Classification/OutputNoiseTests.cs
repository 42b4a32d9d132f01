using Understudy.Classification;

namespace Understudy.Tests.Classification;

public sealed class OutputNoiseTests
{
    private static readonly float[] Answers = [0.7f, 0.3f, 0.01f, 0.99f, 0.7f, 0.3f];

    [Fact]
    public void Asking_again_shows_nothing_new_and_another_secret_other_noise()
    {
        var noised = new OutputNoise(1, 5).Apply(Answers, 2);
        Assert.Equal(noised, new OutputNoise(1, 5).Apply(Answers, 2));
        Assert.Equal(noised[..2], noised[4..]);
        Assert.NotEqual(noised, new OutputNoise(1, 6).Apply(Answers, 2));
        Assert.All([0, 2, 4], i => Assert.Equal(1, noised[i] + noised[i + 1], 1e-6));
    }

    /// <summary>4000 differences of two logits with noise of standard deviation 0.5 each: 0.707 ± 4 standard errors, a false alarm in 16 000.</summary>
    [Fact]
    public void The_noise_on_logits_has_the_standard_deviation_asked_for()
    {
        float[] many = [.. Enumerable.Range(1, 4000).SelectMany(i => new[] { i / 4001f, 1 - (i / 4001f) })];
        var noised = new OutputNoise(0.5, 1).Apply(many, 2);
        var differences = Enumerable.Range(0, 4000).Select(i => Math.Log(noised[2 * i] / noised[(2 * i) + 1]) - Math.Log(many[2 * i] / many[(2 * i) + 1])).ToArray();
        var deviation = Math.Sqrt(differences.Average(value => value * value));
        Assert.InRange(deviation, 0.7071 * (1 - (4 / Math.Sqrt(8000))), 0.7071 * (1 + (4 / Math.Sqrt(8000))));
    }
}
