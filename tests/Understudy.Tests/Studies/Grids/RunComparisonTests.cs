using Understudy.Data;
using Understudy.Studies;
using Understudy.Studies.Grids;
using Understudy.Tests.Data;

namespace Understudy.Tests.Studies.Grids;

public sealed class RunComparisonTests : IDisposable
{
    private static readonly DataRecord Data = new(new DataSummary("1x28x28", [], 3, 2, 1, 1), "splits", "data", "run-1");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_stand_side_by_side_and_what_one_lacks_is_empty()
    {
        var one = Run("one", Data, ReportExample.Metrics());
        var metrics = ReportExample.Metrics();
        var two = Run("two", Data with { RunId = "run-2" }, metrics with { Methods = metrics.Methods.Where(method => method.Key != "cgan").ToDictionary() });
        var comparison = RunComparison.Of([one, two]);
        Assert.Null(comparison.Caveat);
        var row = Assert.Single(comparison.Rows, row => row.Name == "cgan");
        Assert.Equal(metrics.Methods["cgan"].Utility.Single(metric => metric.Name == "balanced accuracy").Value, row.Utility[0]!.Value);
        Assert.Null(row.Utility[1]);
        Assert.Equal("–", Assert.Single(comparison.Table().Rows, cells => cells[0].Text == "cgan")[2].Text);
    }

    [Fact]
    public void Other_data_or_another_division_of_them_are_said()
    {
        var one = Run("one", Data, ReportExample.Metrics());
        Assert.StartsWith("the runs are of different data", RunComparison.Of([one, Run("two", Data with { Fingerprint = "other", Sha256 = "other" }, ReportExample.Metrics())]).Caveat, StringComparison.Ordinal);
        Assert.StartsWith("the runs divide the same data differently", RunComparison.Of([one, Run("three", Data with { Sha256 = "other" }, ReportExample.Metrics())]).Caveat, StringComparison.Ordinal);
        File.Delete(Path.Combine(one, "data.json"));
        Assert.Contains("is not known", RunComparison.Of([one, Run("four", Data, ReportExample.Metrics())]).Caveat, StringComparison.Ordinal);
    }

    [Fact]
    public void One_run_or_none_without_figures_is_refused()
    {
        var one = Run("one", Data, ReportExample.Metrics());
        Assert.Contains("two runs at least", Images.InputError(() => RunComparison.Of([one])), StringComparison.Ordinal);
        Assert.Contains("has no metrics.json", Images.InputError(() => RunComparison.Of([one, _folder["nothing"]])), StringComparison.Ordinal);
    }

    private string Run(string name, DataRecord data, StudyMetrics metrics)
    {
        var path = Directory.CreateDirectory(_folder[name]).FullName;
        AtomicFile.WriteText(Path.Combine(path, "data.json"), JsonText.Write(data));
        AtomicFile.WriteText(Path.Combine(path, "metrics.json"), JsonText.Write(metrics));
        return path;
    }
}
