using Understudy.Privacy.Events;
using Understudy.Privacy.Mechanisms;
using Understudy.Privacy.Tests.Noise;
using static Understudy.Privacy.NeighbouringRelation;

namespace Understudy.Privacy.Tests.Mechanisms;

public sealed class ReportNoisyMaxTests
{
    private const int Draws = 30_000;
    private const double Bound = 0.5;
    private static readonly Epsilon Target = new(1.5);
    private static readonly double[] Scores = [2, 3.1, -1, 3];

    /// <summary>P ∝ e^(ε·score/(2Δ)), Δ twice the bound under replacement; by χ² with a false-alarm rate of 1e-6.</summary>
    [Theory]
    [InlineData(AddOrRemoveOne, 1)]
    [InlineData(ReplaceOne, 2)]
    public void The_exponential_mechanism_has_its_probabilities(NeighbouringRelation relation, int distance)
    {
        var weights = Scores.Select(s => Math.Exp(Target.Value * s / (2 * distance * Bound))).ToArray();

        Check(seed => ReportNoisyMax.Exponential(relation, Bound, Target, new SeededNoiseSource(seed)), [.. weights.Select(w => w / weights.Sum())]);
    }

    /// <summary>All orders of candidates, each accepted with its own probability; by χ² with a false-alarm rate of 1e-6.</summary>
    [Theory]
    [InlineData(AddOrRemoveOne, 1)]
    [InlineData(ReplaceOne, 2)]
    public void Permute_and_flip_has_its_probabilities(NeighbouringRelation relation, int distance)
    {
        var accepted = Scores.Select(s => Math.Exp(Target.Value * (s - Scores.Max()) / (2 * distance * Bound))).ToArray();
        var expected = new double[Scores.Length];
        Visit([0, 1, 2, 3], 1);

        Check(seed => ReportNoisyMax.PermuteAndFlip(relation, Bound, Target, new SeededNoiseSource(seed)), expected);

        void Visit(int[] left, double probability)
        {
            foreach (var candidate in left)
            {
                expected[candidate] += probability / left.Length * accepted[candidate];
                Visit([.. left.Where(c => c != candidate)], probability / left.Length * (1 - accepted[candidate]));
            }
        }
    }

    /// <summary>A score that a neighbour moves by the sensitivity moves by at most 2¹⁵ steps, each of which is worth ε/2¹⁶: at any magnitude.</summary>
    [Fact]
    public void No_neighbour_moves_a_score_by_more_than_it_may()
    {
        var random = new Random(1);
        var most = 0L;
        for (var i = 0; i < 200_000; i++)
        {
            var bound = Math.Pow(10, 6 * random.NextDouble() - 3);
            var selection = ReportNoisyMax.Exponential(ReplaceOne, bound, Target);
            var score = (random.NextDouble() - 0.5) * bound * Math.Pow(2, 40 * random.NextDouble());
            // The neighbour's score as a double may lie a rounding too far.
            var neighbour = score + 2 * bound;
            while (neighbour - score > 2 * bound) neighbour = Math.BitDecrement(neighbour);
            most = Math.Max(most, selection.InSteps(neighbour) - selection.InSteps(score));
        }

        Assert.InRange(most, (1 << 15) - 3, 1 << 15);
    }

    /// <summary>A candidate 2⁵¹ steps behind, where scores are cut off, never wins.</summary>
    [Fact]
    public void Hopeless_candidates_lose_and_huge_scores_do_not_wrap_around()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            Assert.Equal(1, ReportNoisyMax.PermuteAndFlip(AddOrRemoveOne, 1, new Epsilon(1)).Release([-1e300, 1e300, 0]));
            Assert.Equal(0, ReportNoisyMax.Exponential(AddOrRemoveOne, 1, new Epsilon(1e4)).Release([1, 0]));
        }
        Assert.Equal(0, ReportNoisyMax.Exponential(AddOrRemoveOne, 1, new Epsilon(1)).Release([-5]));
    }

    [Fact]
    public void Each_kind_has_its_event()
    {
        Assert.Equal(new ExponentialMechanismEvent(Target), ReportNoisyMax.Exponential(ReplaceOne, 1, Target).Event);
        Assert.Equal(new PermuteAndFlipEvent(Target), ReportNoisyMax.PermuteAndFlip(ReplaceOne, 1, Target).Event);
    }

    private static void Check(Func<int, ReportNoisyMax> make, double[] probabilities)
    {
        var counts = new long[Scores.Length];
        for (var i = 0; i < Draws; i++) counts[make(i).Release(Scores)]++;

        Assert.Equal(1, probabilities.Sum(), 1e-12);
        Assert.True(Statistics.PearsonTail(counts, [.. probabilities.Select(p => p * Draws)]) > Statistics.FalseAlarm);
    }
}
