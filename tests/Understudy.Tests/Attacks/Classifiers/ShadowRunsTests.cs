using Understudy.Attacks.Classifiers;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;
using Understudy.Training;

namespace Understudy.Tests.Attacks.Classifiers;

public sealed class ShadowRunsTests
{
    private static readonly ImageSet Records = Images.Noise(81, 1, 8, 8, classes: 2, seed: 1);

    [Fact]
    public void EveryRecordIsInHalfOfTheModels()
    {
        var seen = new List<(int Count, FitContext Context)>();
        var scores = ShadowRuns.Run(Records, 6, new FitContext("folder", 1), (training, context) =>
        {
            seen.Add((training.Count, context));
            return [.. Enumerable.Repeat(0.5f, 2 * Records.Count)];
        });
        for (var i = 0; i < Records.Count; i++) Assert.Equal(3, scores.Of(i, included: true).Length);
        Assert.Equal([40, 41, 40, 41, 40, 41], seen.Select(run => run.Count));
        Assert.Equal(6, seen.Select(run => run.Context.Seed).Distinct().Count());
        Assert.Equal(Path.Combine("folder", "shadow-005"), seen[5].Context.Directory);
        Assert.NotEqual(Column(0), Column(2));

        bool[] Column(int model) => [.. Enumerable.Range(0, Records.Count).Select(i => scores.Included(i)[model])];
    }

    [Fact]
    public void ModelsRunApartAreThoseRunTogether()
    {
        var context = new FitContext("folder", 1);
        float[] Marked(ImageSet training, FitContext inner) => [.. Enumerable.Range(0, Records.Count).SelectMany(i =>
            new[] { 1 / (1 + (float)training.Count + i + (inner.Seed % 7)), 0.5f })];
        var together = ShadowRuns.Run(Records, 4, context, Marked);
        var apart = ShadowRuns.Gather([.. new[] { 3, 1, 0, 2 }.Select(model => (Model: model, Scores: ShadowRuns.One(Records, model, context, Marked))).OrderBy(run => run.Model).Select(run => run.Scores)], 1);
        for (var i = 0; i < Records.Count; i++)
        {
            Assert.Equal(together.Row(i).ToArray(), apart.Row(i).ToArray());
            Assert.Equal(together.Included(i).ToArray(), apart.Included(i).ToArray());
        }
    }

    /// <summary>Labels that are noise can only be learned by heart: the score of a record by a model that was trained on it stands out.</summary>
    [Fact]
    public void ClassifiersRememberWhatTheyWereTrainedOn()
    {
        using var folder = new TempFolder();
        var options = new ShadowOptions { Count = 4, Classifier = new ClassifierOptions { Steps = 60, BatchSize = 16 } };
        var scores = ShadowRuns.Train(Records, options, new FitContext(folder.Path, 1));
        var (target, isMember, shadows) = scores.Split(0);
        var attack = Lira.Online(target, shadows);
        Assert.True(RocCurve.FromScores([.. attack.Where((_, i) => isMember[i])], [.. attack.Where((_, i) => !isMember[i])]).Auc > 0.9);

        // Trained once, read back afterwards.
        var again = ShadowRuns.Train(Records, options, new FitContext(folder.Path, 1));
        Assert.Equal(scores.Row(5).ToArray(), again.Row(5).ToArray());
    }

    [Fact]
    public void WhatCannotBeHalvedIsRefused()
    {
        Assert.Contains("even number", Error(Records, 3), StringComparison.Ordinal);
        Assert.Contains("labels", Error(Images.Noise(4), 2), StringComparison.Ordinal);
        Assert.Contains("halved", Error(Records.Subset([0]), 2), StringComparison.Ordinal);

        static string Error(ImageSet records, int count) =>
            Assert.Throws<InputException>(() => ShadowRuns.Run(records, count, new FitContext("x", 1), (_, _) => throw new NotSupportedException())).Message;
    }

    [Fact]
    public void CancellationStopsBetweenModels()
    {
        using var source = new CancellationTokenSource();
        var runs = 0;
        Assert.Throws<OperationCanceledException>(() => ShadowRuns.Run(Records, 4, new FitContext("x", 1, Cancellation: source.Token), (_, _) =>
        {
            runs++;
            source.Cancel();
            return [.. Enumerable.Repeat(0.5f, 2 * Records.Count)];
        }));
        Assert.Equal(1, runs);
    }
}
