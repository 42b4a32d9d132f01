using System.Text.Json.Nodes;
using Understudy.Attacks;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks;

public sealed class AttackFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly AttackResult _result = AttackEvaluation.Run(new CalibratedGanLeaks(),
        new AttackData(Samples.NoiseImages(1, 30), Samples.NoiseImages(1, 50), Samples.NoiseImages(2, 60), Samples.NoiseImages(3, 40)), new AttackSettings());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SummaryIsReadAsItWasWritten()
    {
        AttackFiles.Write(_result, _folder.Path);
        var read = AttackFiles.Read(_folder.Path);
        Assert.Equal(JsonText.Write(_result), JsonText.Write(read));
        Assert.Equal(_result.Metrics, read.Metrics);
        Assert.Equal(["result.json", "roc.csv", "scores.csv"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Throws<ArgumentException>(() => AttackFiles.Write(read, _folder.Path));
    }

    [Fact]
    public void TablesHoldEveryScoreAndPoint()
    {
        AttackFiles.Write(_result, _folder.Path);
        var scores = File.ReadAllLines(_folder["scores.csv"]);
        Assert.Equal("member,index,score", scores[0]);
        Assert.Equal(1 + 100, scores.Length);
        var cells = scores[1..].Select(line => line.Split(',')).ToArray();
        var curve = RocCurve.FromScores([.. cells.Where(c => c[0] == "1").Select(c => double.Parse(c[2]))], [.. cells.Where(c => c[0] == "0").Select(c => double.Parse(c[2]))]);
        Assert.Equal(_result.Auc.Value, curve.Auc);
        Assert.Equal(1 + curve.Points.Count, File.ReadAllLines(_folder["roc.csv"]).Length);
    }

    [Fact]
    public void WhatCannotBeMeasuredIsNull()
    {
        var json = JsonNode.Parse(JsonText.Write(_result))!;
        Assert.Null(json["tprAtFpr"]![1]!["raw"]);
        Assert.Equal("gan-leaks-calibrated", (string)json["attack"]!["name"]!);
        Assert.InRange((double)json["auc"]!["value"]!, 0, 1);
    }

    [Fact]
    public void FileOfSomethingElseIsRefused()
    {
        Assert.Contains("result.json", Assert.Throws<InputException>(() => AttackFiles.Read(_folder.Path)).Message, StringComparison.Ordinal);
        _folder.Write("result.json", "{}");
        Assert.Throws<InputException>(() => AttackFiles.Read(_folder.Path));
    }
}
