using Understudy.Data;
using Understudy.Generation.Embedding;
using Understudy.Tests.Data;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Tests.PlantedBugs;

/// <summary>What a sum of records' features must be before it is noised. Every check passes on the library and catches the bug that it is there for.</summary>
public sealed class EmbeddingTests
{
    private static readonly MutantSet<Sum> Planted = new(Library, new Dictionary<string, (Action<Sum> Check, Sum Mutant)>
    {
        ["the first batch only"] = (Every_record_counts, (records, features) => Library(records.Subset([.. Enumerable.Range(0, Math.Min(500, records.Count))]), features)),
        ["divided by the records that there are"] = (Every_record_counts, (records, features) => Array.ConvertAll(Library(records, features), x => x / records.Count)),
        ["features not normalised"] = (One_record_moves_the_sum_by_at_most_the_bound, (records, features) => Library(records, new Stretched(features))),
        ["a record in the rows of all classes"] = (One_record_moves_the_sum_by_at_most_the_bound, Everywhere),
        ["sums of 32 bits"] = (Roundings_do_not_add_to_the_bound, (records, features) => Array.ConvertAll(Library(records, features), x => (double)(float)x)),
    });

    /// <summary>The sum under test: [K, D + 1].</summary>
    private delegate double[] Sum(ImageSet records, IFeatureMap features);

    public static TheoryData<string> CheckNames => Planted.Checks;

    public static TheoryData<string> Bugs => Planted.Bugs;

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void The_library_passes(string check) => Planted.LibraryPasses(check);

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_caught(string bug) => Planted.IsCaught(bug);

    /// <summary>More records than are taken at a time, all the same: their sum is as many times that of one.</summary>
    private static void Every_record_counts(Sum sum)
    {
        var one = Images.Noise(1, 1, 4, 4, classes: 1);
        var many = one.Subset(new int[1201]);
        ForEachMap(features => Assert.All(sum(one, features).Zip(sum(many, features)), pair => Assert.Equal(1201 * pair.First, pair.Second, 0.05)));
    }

    /// <summary>Neighbours differ in their first record, so that all others change places; one record has pixels of 255 throughout.</summary>
    private static void One_record_moves_the_sum_by_at_most_the_bound(Sum sum)
    {
        var records = Images.Noise(1001, 1, 4, 4, classes: 3);
        records.Pixels.AsSpan(0, 16).Fill(byte.MaxValue);
        ForEachMap(features => Assert.InRange(Distance(sum, records, features), MeanEmbedding.Bound * 0.999, MeanEmbedding.Bound));
    }

    /// <summary>Among many records, what the others round to must not move.</summary>
    private static void Roundings_do_not_add_to_the_bound(Sum sum)
    {
        var records = Images.Noise(60_001, 1, 1, 2, classes: 1);
        using var features = new RandomFourierFeatures(2, 64, [1], seed: 1, Device.Cpu);
        Assert.InRange(Distance(sum, records, features), 0, MeanEmbedding.Bound);
    }

    private static double Distance(Sum sum, ImageSet records, IFeatureMap features)
    {
        var without = records.Subset([.. Enumerable.Range(1, records.Count - 1)]);
        return Math.Sqrt(sum(records, features).Zip(sum(without, features), (a, b) => (a - b) * (a - b)).Sum());
    }

    private static void ForEachMap(Action<IFeatureMap> check)
    {
        using var fourier = new RandomFourierFeatures(16, 60, [1, 3], seed: 1, Device.Cpu);
        check(fourier);
        using var tangent = new NeuralTangentFeatures(16, 9, seed: 1, Device.Cpu);
        check(tangent);
    }

    private static double[] Library(ImageSet records, IFeatureMap features) => MeanEmbedding.Sum(records, features, Device.Cpu);

    private static double[] Everywhere(ImageSet records, IFeatureMap features)
    {
        var unlabelled = Library(new ImageSet(records.Shape, records.Pixels), features);
        return [.. Enumerable.Repeat(unlabelled, records.ClassCount).SelectMany(row => row)];
    }

    private sealed class Stretched(IFeatureMap features) : IFeatureMap
    {
        public int Count => features.Count;

        public Tensor Sums(Tensor x, Tensor weights) => features.Sums(x, weights) * 1.01;

        public void Dispose() => features.Dispose();
    }
}
