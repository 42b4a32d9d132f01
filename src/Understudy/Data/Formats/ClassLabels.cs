namespace Understudy.Data.Formats;

/// <summary>Class names and the order in which they are numbered.</summary>
internal static class ClassLabels
{
    /// <summary>The largest number of classes that is taken for one: beyond it a label column is more likely an identity.</summary>
    public const int MaxClasses = 65536;

    /// <summary>The names 0 to <paramref name="count"/> − 1.</summary>
    public static string[] Numbered(int count) => [.. Enumerable.Range(0, count).Select(k => k.ToString())];

    /// <summary>The distinct names in ascending order: by value where all are whole numbers, else by code point.</summary>
    public static string[] Sorted(IEnumerable<string> names)
    {
        var distinct = names.Distinct().ToArray();
        return distinct.All(name => int.TryParse(name, out _)) ? [.. distinct.OrderBy(int.Parse)] : [.. distinct.Order(StringComparer.Ordinal)];
    }
}
