using System.Globalization;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

/// <summary>Rows of the table of reference values for auditors: quantity, parameters, value, source.</summary>
internal static class AuditReference
{
    /// <summary>The rows of one quantity; skips the test where the table is absent, fails it where the table has no such row.</summary>
    public static IReadOnlyList<(Dictionary<string, double> Parameters, double Value)> Rows(string quantity)
    {
        if (Shared.Find("../shared/reference/audit.csv") is not { } table)
        {
            Assert.Skip("the reference values are not in ../shared");
            return [];
        }
        var rows = File.ReadLines(table)
            .Where(line => line.StartsWith(quantity + ",", StringComparison.Ordinal))
            .Select(line => line.Split(','))
            .Select(cells => (Parse(cells[1]), double.Parse(cells[2], CultureInfo.InvariantCulture)))
            .ToArray();
        Assert.NotEmpty(rows);
        return rows;
    }

    // "significance=0.05(split /2 each side)" has the value 0.05.
    private static Dictionary<string, double> Parse(string parameters) =>
        parameters.Split(';').Select(pair => pair.Split('=')).ToDictionary(
            pair => pair[0], pair => double.Parse(pair[1].Split('(')[0], CultureInfo.InvariantCulture));
}
