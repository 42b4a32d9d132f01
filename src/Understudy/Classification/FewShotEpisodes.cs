using Understudy.Classification.SupportVectors;
using Understudy.Data;
using Understudy.Training;

namespace Understudy.Classification;

/// <summary>N-way classification from few records: in each episode a linear support vector machine with C = 1 learns some classes from a few records of each, and is asked one more of each.</summary>
/// <remarks>
/// So are codes of characters that no encoder has seen judged in the program of Creswell and Bharath, 1703.01220: 20 classes, 19 drawings of each to learn from and the
/// twentieth asked. There the classes are the first 20 and each drawing is asked in turn; here an episode draws both.
/// </remarks>
public sealed class FewShotEpisodes
{
    private const double Cost = 1;

    private readonly int[][] records; // of each class that has enough
    private readonly int count;
    private readonly int ways;
    private readonly int shots;

    /// <summary>Prepares episodes.</summary>
    /// <param name="labels">[N] the classes of the records.</param>
    /// <param name="ways">Classes in an episode, 2 or more.</param>
    /// <param name="shots">Records of each class to learn from, 1 or more.</param>
    /// <exception cref="InputException">Fewer classes than <paramref name="ways"/> have more than <paramref name="shots"/> records.</exception>
    public FewShotEpisodes(int[] labels, int ways, int shots)
    {
        (count, this.ways, this.shots) = (labels.Length, ways, shots);
        records = [.. labels.Index().GroupBy(record => record.Item, record => record.Index).OrderBy(same => same.Key).Select(same => same.ToArray()).Where(same => same.Length > shots)];
        if (records.Length < ways)
            throw new InputException($"{ways}-way {shots}-shot episodes need {ways} classes of {shots + 1} test images or more, and there are {records.Length}; ask for fewer ways or shots");
    }

    /// <summary>The share of right answers in each episode, [episodes]; same labels and seed, same episodes, whatever the features, so that features can be compared episode by episode.</summary>
    /// <param name="features">[N, D] row-major.</param>
    /// <param name="episodes">How many.</param>
    /// <param name="seed">Of the draws.</param>
    public double[] Accuracies(float[] features, int episodes, ulong seed) => [.. Enumerable.Range(0, episodes).Select(episode =>
    {
        var drawn = Draw(new SplitMix64(Seed.Derive(seed, "episode", episode)));
        var machine = SupportVectorMachine.Train(Rows(features, [.. drawn.SelectMany(same => same[1..])]), Classes(shots), isLinear: true, Cost);
        var answers = machine.Predict(Rows(features, [.. drawn.Select(same => same[0])]));
        return answers.Zip(Classes(1)).Count(pair => pair.First == pair.Second) / (double)ways;
    })];

    /// <summary>Of each class drawn, the record that is asked and those that are learnt from.</summary>
    private int[][] Draw(SplitMix64 random) => [.. random.Pick([.. Enumerable.Range(0, records.Length)], ways).Select(k =>
    {
        var same = (int[])records[k].Clone();
        random.Shuffle(same.AsSpan());
        return same[..(shots + 1)];
    })];

    private int[] Classes(int each) => [.. Enumerable.Range(0, ways * each).Select(i => i / each)];

    private float[] Rows(float[] features, int[] chosen)
    {
        var d = features.Length / count;
        return [.. chosen.SelectMany(i => features[(i * d)..((i + 1) * d)])];
    }
}
