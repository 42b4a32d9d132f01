using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Tests.Metrics;

public sealed class ClassificationMetricsTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public void MatchesScikitLearn()
    {
        var golden = Golden.Metrics["classification"]!;
        var scores = golden["scores"]!.AsArray().Select(v => (float)(double)v!).ToArray();
        var labels = golden["labels"]!.AsArray().Select(v => (int)v!).ToArray();
        var report = ClassificationMetrics.Evaluate(scores, labels, Names, seed: 1);
        Assert.Equal((double)golden["accuracy"]!, report.Accuracy.Value, 1e-12);
        Assert.Equal((double)golden["balancedAccuracy"]!, report.BalancedAccuracy.Value, 1e-12);
        Assert.Equal((double)golden["macroAuc"]!, report.MacroAuc.Value, 1e-12);
        Assert.Equal(golden["confusion"]!.AsArray().Select(row => row!.AsArray().Select(v => (int)v!).ToArray()), report.Confusion);
        Assert.All(report.Metrics, metric =>
        {
            Assert.InRange(metric.Value, metric.Interval!.Value.Lower, metric.Interval.Value.Upper);
            Assert.InRange(metric.Interval.Value.Upper - metric.Interval.Value.Lower, 0.05, 0.25); // 80 records
        });
        Assert.Equal(report.MacroAuc, ClassificationMetrics.Evaluate(scores, labels, Names, seed: 1).MacroAuc);
        Assert.NotEqual(report.MacroAuc, ClassificationMetrics.Evaluate(scores, labels, Names, seed: 2).MacroAuc);
    }

    [Fact]
    public void ClassWithoutRecordsLeavesItsFiguresOpen()
    {
        var report = ClassificationMetrics.Evaluate([0.9f, 0.1f, 0, 0.2f, 0.8f, 0], [0, 1], Names, seed: 1);
        Assert.Equal(1, report.Accuracy.Value);
        Assert.Equal(double.NaN, report.BalancedAccuracy.Value);
        Assert.Equal(double.NaN, report.MacroAuc.Value);
        Assert.Equal("the test set has no record of class 'c'", report.MacroAuc.Note);
    }

    [Fact]
    public void TwoRecordsAreEnoughForAnInterval()
    {
        // Half of the resamples hold one class only and have no AUC.
        var report = ClassificationMetrics.Evaluate([0.9f, 0.1f, 0.2f, 0.8f], [0, 1], ["a", "b"], seed: 1);
        Assert.Equal(1, report.MacroAuc.Value);
        Assert.Equal(new Interval(1, 1), report.MacroAuc.Interval);
    }

    [Fact]
    public void ErrorsSayWhere()
    {
        Assert.Equal("the probability of class 2 of record 0 is NaN", Message([0, 0, float.NaN, 0, 0, 1], [0, 1]));
        Assert.Equal("record 1 has label 3; labels go from 0 to 2", Message([0, 0, 1, 0, 0, 1], [0, 3]));
        Assert.Equal("5 probabilities for 2 records of 3 classes; give one a record and class", Message([0, 0, 1, 0, 0], [0, 1]));
        Assert.Equal("there is no test record; figures need at least one", Message([], []));

        static string Message(float[] probabilities, int[] labels) =>
            Assert.Throws<InputException>(() => ClassificationMetrics.Evaluate(probabilities, labels, Names, seed: 1)).Message;
    }
}
