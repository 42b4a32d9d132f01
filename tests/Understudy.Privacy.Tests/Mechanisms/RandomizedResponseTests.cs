using Understudy.Privacy.Events;
using Understudy.Privacy.Mechanisms;
using Understudy.Privacy.Tests.Noise;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Mechanisms;

public sealed class RandomizedResponseTests
{
    /// <summary>The truth with probability 1 − p + p/k, any other category with p/k; by χ² with a false-alarm rate of 1e-6.</summary>
    [Theory]
    [InlineData(0.3, 4)]
    [InlineData(1, 3)]
    public void Answers_have_their_probabilities(double p, int k)
    {
        const int records = 100_000;
        var answers = new int[records];
        Array.Fill(answers, 1);

        new RandomizedResponse(ReplaceOne, k, p, new SeededNoiseSource(1)).Release(answers);

        var counts = new long[k];
        foreach (var answer in answers) counts[answer]++;
        var expected = Enumerable.Range(0, k).Select(c => records * (p / k + (c == 1 ? 1 - p : 0))).ToArray();
        Assert.True(Statistics.PearsonTail(counts, expected) > Statistics.FalseAlarm);
    }

    [Theory]
    [InlineData(ReplaceOne)]
    [InlineData(ReplaceSpecial)]
    public void Calibration_meets_the_target_from_below(NeighbouringRelation relation)
    {
        foreach (var epsilon in (double[])[0.01, 1, 6])
            foreach (var k in (int[])[2, 5, 1000])
            {
                var mechanism = RandomizedResponse.Calibrate(relation, k, new Epsilon(epsilon));
                Assert.InRange(mechanism.EpsilonAt(Delta.Zero).Upper.Value, epsilon * (1 - 1e-6), epsilon);
                Assert.Equal(new RandomizedResponseEvent(mechanism.NoiseProbability, k), mechanism.Event);
            }
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomizedResponse.Calibrate(relation, 1, new Epsilon(1)));
    }
}
