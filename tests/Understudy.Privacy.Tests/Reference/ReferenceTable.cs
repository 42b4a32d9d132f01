using System.Globalization;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Tests.Reference;

/// <summary>The tables of reference values in shared/reference, found from the test binary upwards.</summary>
internal static class ReferenceTable
{
    /// <summary>Rows as columns by name; skips the test where the tables are absent.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "reference", file);
            if (File.Exists(path)) return Parse(File.ReadAllLines(path));
        }
        Assert.Skip($"shared/reference/{file} is not beside this checkout.");
        return [];
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Half a unit of the last printed digit.</summary>
    public static double HalfUnit(string text)
    {
        var decimals = text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return 0.5 * Math.Pow(10, -decimals);
    }

    /// <summary>The event of a row of accountant.csv.</summary>
    public static PrivacyEvent Event(IReadOnlyDictionary<string, string> row)
    {
        var mechanism = row["mechanism"];
        if (!mechanism.StartsWith("Compose2:", StringComparison.Ordinal)) return One(mechanism, row["q"], row["sigma"], row["steps"]);
        var names = mechanism["Compose2:".Length..].Split('+');
        string[] rates = row["q"].Split('|'), sigmas = row["sigma"].Split('|'), steps = row["steps"].Split('|');
        return One(names[0], rates[0], sigmas[0], steps[0]).Then(One(names[1], rates[1], sigmas[1], steps[1]));
    }

    public static string Key(IReadOnlyDictionary<string, string> row) =>
        $"{row["mechanism"]} q={row["q"]} sigma={row["sigma"]} steps={row["steps"]} delta={row["delta"]} [{row["accountant"]}]";

    private static SelfComposedEvent One(string mechanism, string rate, string sigma, string steps)
    {
        PrivacyEvent release = mechanism.EndsWith("Laplace", StringComparison.Ordinal) ? new LaplaceEvent(Number(sigma)) : new GaussianEvent(Number(sigma));
        if (mechanism.StartsWith("Poisson", StringComparison.Ordinal)) release = release.Sampled(new SamplingRate(Number(rate)));
        return release.Times(long.Parse(steps, CultureInfo.InvariantCulture));
    }

    private static List<IReadOnlyDictionary<string, string>> Parse(string[] lines)
    {
        var header = Fields(lines[0]);
        return [.. lines.Skip(1).Select(line => Fields(line))
            .Select(f => (IReadOnlyDictionary<string, string>)header.Zip(f).ToDictionary(p => p.First, p => p.Second))];
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(c);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
