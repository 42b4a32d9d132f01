using Understudy.Classification.Probes;
using Understudy.Tests.Data;

namespace Understudy.Tests.Classification.Probes;

public sealed class AttributeProbesTests
{
    // 2000 test codes that say nothing: accuracy 0.5 ± 4 · 0.0112 unless one of three attackers is unlucky, one time in 5000.
    [Fact]
    public void Codes_that_say_nothing_give_every_attacker_the_majority_rate_and_no_information()
    {
        var results = AttributeProbes.Attack(Codes(1000, 1, _ => 0), Codes(2000, 2, _ => 0), seed: 1);
        Assert.Equal(["logistic regression", "two-layer network", "boosted trees"], results.Select(result => result.Name));
        Assert.All(results, result =>
        {
            Assert.InRange(result.Accuracy.Value, 0.455, 0.545);
            Assert.InRange(result.MajorityRate, 0.5, 0.55);
            Assert.True(result.Information < 0.02);
            Assert.Equal(1000, result.TrainingRecords);
        });
    }

    [Fact]
    public void An_attribute_in_one_number_is_read_by_every_attacker_however_small_its_scale()
    {
        var results = AttributeProbes.Attack(Codes(1000, 1, y => 1e-4f * y), Codes(500, 2, y => 1e-4f * y), seed: 1);
        Assert.All(results, result => Assert.InRange(result.Accuracy.Value, 0.99, 1));
        Assert.All(results, result => Assert.InRange(result.Information, 0.5, 0.7));
    }

    // An attribute hidden as the product of two signs: a line is right on at most 5/8 of the square (it cuts off a corner), the other two see it.
    [Fact]
    public void What_a_line_cannot_read_the_others_can()
    {
        var results = AttributeProbes.Attack(Signs(3000, 1), Signs(1000, 2), seed: 1);
        Assert.InRange(results[0].Accuracy.Value, 0.4, 0.7);
        Assert.InRange(results[1].Accuracy.Value, 0.9, 1);
        Assert.InRange(results[2].Accuracy.Value, 0.9, 1);
    }

    [Fact]
    public void Codes_of_one_value_alone_are_refused_in_one_line() =>
        Assert.Contains("nothing to learn", Images.InputError(() => AttributeProbes.Attack((new float[4], [1, 1]), (new float[4], [0, 1]), 1)), StringComparison.Ordinal);

    private static (float[] Values, int[] Attributes) Codes(int count, int seed, Func<int, float> first)
    {
        var random = new Random(seed);
        var attributes = Enumerable.Range(0, count).Select(_ => random.Next(2)).ToArray();
        return ([.. attributes.SelectMany(y => new[] { first(y), (float)random.NextDouble(), (float)random.NextDouble() })], attributes);
    }

    private static (float[] Values, int[] Attributes) Signs(int count, int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, 2 * count).Select(_ => (float)(2 * random.NextDouble() - 1)).ToArray();
        return (values, [.. values.Chunk(2).Select(pair => pair[0] * pair[1] > 0 ? 1 : 0)]);
    }
}
