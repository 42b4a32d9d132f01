using System.Globalization;
using System.Text.Json;

namespace Understudy.Cli.Tests;

public sealed class AccountCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("account").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Balle and Wang's exact value, 40 digits.</summary>
    [Fact]
    public void EpsilonOfAGaussianIsExact()
    {
        var answer = Json("account", "epsilon", "--sigma", "1", "--delta", "1e-5", "--json");

        Assert.Equal(4.3771780956812245, answer.GetProperty("epsilon").GetDouble(), 1e-11);
        Assert.Equal("exact", answer.GetProperty("method").GetString());
        Assert.Equal(1, answer.GetProperty("sigma").GetDouble());
        Assert.Equal("add-remove", answer.GetProperty("relation").GetString());
    }

    [Fact]
    public void NoiseFoundForAnEpsilonGivesNoMoreThanIt()
    {
        var answer = Json("account", "noise", "--q", "0.01", "--steps", "1000", "--epsilon", "1", "--delta", "1e-5", "--json");

        Assert.InRange(answer.GetProperty("epsilon").GetDouble(), 0.9999, 1);
        Assert.Equal(1.4146, answer.GetProperty("sigma").GetDouble(), 1e-3); // dp_accounting 0.6.0, PLD at step 1e-4
    }

    [Fact]
    public void StepsFoundForAnEpsilonAreTheMost()
    {
        var answer = Json("account", "steps", "--sigma", "20", "--epsilon", "2", "--delta", "1e-5", "--json");
        var steps = answer.GetProperty("steps").GetInt64();

        var more = Json("account", "epsilon", "--sigma", "20", "--steps", (steps + 1).ToString(CultureInfo.InvariantCulture), "--delta", "1e-5", "--json");
        Assert.InRange(answer.GetProperty("epsilon").GetDouble(), 1.9, 2);
        Assert.True(more.GetProperty("epsilon").GetDouble() > 2);
    }

    [Fact]
    public void DeltaAndRocAgreeWithTheClosedForms()
    {
        var delta = Json("account", "delta", "--sigma", "1", "--epsilon", "1", "--json");
        var roc = Json("account", "roc", "--sigma", "1", "--fpr", "0.1", "--json");

        Assert.Equal(0.126936737506, delta.GetProperty("delta").GetDouble(), 1e-11);
        Assert.Equal(0.389143691645361, roc.GetProperty("points")[0].GetProperty("tprUpper").GetDouble(), 1e-9);
    }

    [Fact]
    public void ATableGainsFourColumns()
    {
        var input = Path.Combine(folder, "rows.csv");
        var output = Path.Combine(folder, "answers.csv");
        File.WriteAllText(input, "id,mechanism,q,sigma,steps,delta\n\"a,b\",Gaussian,1,1.0,1,1e-05\n2,Compose2:Laplace+PoissonGaussian,1|0.01,2|1,1|10,1e-5\n3,Laplace,1,2,10,0\n");

        var (code, text, error) = Cli.Run("account", "table", "--input", input, "--output", output, "--json");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(3, JsonDocument.Parse(text).RootElement.GetProperty("rows").GetInt32());
        var lines = File.ReadAllLines(output);
        Assert.Equal("id,mechanism,q,sigma,steps,delta,rdp_epsilon,pld_lower,pld_epsilon,pld_upper", lines[0]);
        Assert.StartsWith("\"a,b\",Gaussian,1,1.0,1,1e-05,4.7285", lines[1], StringComparison.Ordinal);
        Assert.Equal("3,Laplace,1,2,10,0,5,5,5,5", lines[3]);
        var values = lines[2].Split(',')[^4..].Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        Assert.True(values[1] <= values[2] && values[2] <= values[3] && values[3] <= values[0]);
    }

    [Theory]
    [InlineData("Gaussian,0.5,1,1,1e-5", "Gaussian takes every record, so q must be 1, not 0.5")]
    [InlineData("Gauss,1,1,1,1e-5", "unknown mechanism 'Gauss'")]
    [InlineData("Gaussian,1,x,1,1e-5", "sigma is 'x'; it must be a number")]
    [InlineData("Gaussian,1,1,1.5,1e-5", "steps is '1.5'; it must be a whole number of at least 1")]
    [InlineData("Gaussian,1,1,1,2", "delta is 2; it must lie in [0, 1]")]
    [InlineData("PoissonSubsampledGaussian,1.5,1,1,1e-5", "the sampling rate is 1.5; it must lie in [0, 1]")]
    [InlineData("Laplace,1,0,1,1e-5", "Scale is 0; it must be positive and finite")]
    [InlineData("Compose2:Gaussian+Laplace,1,1|1,1|1,1e-5", "q is '1'; a composition of two needs two values, a|b")]
    [InlineData("Gaussian,1,1,1", "is no valid CSV")]
    public void AWrongRowIsOneLineAndNothingIsWritten(string row, string message)
    {
        var input = Path.Combine(folder, "rows.csv");
        var output = Path.Combine(folder, "answers.csv");
        File.WriteAllText(input, $"mechanism,q,sigma,steps,delta\nGaussian,1,1,1,1e-5\n{row}\n");

        var (code, text, error) = Cli.Run("account", "table", "--input", input, "--output", output);

        Assert.Equal((2, ""), (code, text));
        Assert.StartsWith($"{input}:3: {message}", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.Equal([input], Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("account epsilon --sigma -1 --delta 1e-5", "the noise multiplier is -1; it must be 0 or more and finite")]
    [InlineData("account epsilon --sigma 1 --delta 2", "delta is 2; it must lie in [0, 1]")]
    [InlineData("account noise --epsilon 0 --delta 1e-5", "the target epsilon must be positive")]
    [InlineData("account table --input no-such.csv --output o.csv", "no-such.csv: there is no such file or folder")]
    public void AWrongQuestionIsOneLine(string line, string message)
    {
        var (code, text, error) = Cli.Run(line.Split(' '));

        Assert.Equal((2, ""), (code, text));
        Assert.Equal(message + Environment.NewLine, error);
    }

    [Fact]
    public void WhatNoAccountantKnowsIsRefused()
    {
        var (code, _, error) = Cli.Run("account", "epsilon", "--mechanism", "laplace", "--q", "0.1", "--sigma", "1", "--delta", "0.1", "--relation", "replace-one");

        Assert.Equal(2, code);
        Assert.Contains("ReplaceOne is not known", error, StringComparison.Ordinal);
    }

    private static JsonElement Json(params string[] args)
    {
        var (code, output, error) = Cli.Run(args);
        Assert.Equal((0, ""), (code, error));
        return JsonDocument.Parse(output).RootElement;
    }
}
