namespace Understudy.Data.Formats;

/// <summary>Class names and the order in which they are numbered.</summary>
internal static class ClassLabels
{
    /// <summary>The largest number of classes that is taken for one: beyond it a label column is more likely an identity.</summary>
    public const int MaxClasses = 65536;

    /// <summary>The file that lists the names of the classes in their order, one a line, beside the data.</summary>
    public const string FileName = "classes.txt";

    /// <summary>The names of the classes of a file that holds only numbers: those listed beside it, or else the numbers themselves.</summary>
    /// <exception cref="InputException">The list has too few names, or one twice.</exception>
    public static string[] For(string dataPath, int count)
    {
        var list = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(dataPath))!, FileName);
        if (!File.Exists(list)) return Numbered(count);
        var names = ReadList(list);
        return names.Length >= count ? names
            : throw new InputException($"{list}: has {names.Length} names, {dataPath} has labels up to {count - 1}; list {count} names");
    }

    /// <summary>Reads a list of names.</summary>
    /// <exception cref="InputException">A name is twice in it, or they are too many.</exception>
    public static string[] ReadList(string path)
    {
        var names = InputFile.ReadLines(path);
        if (names.Length > MaxClasses) throw new InputException($"{path}: has {names.Length} names; at most {MaxClasses} are read");
        return names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new InputException($"{path}: class '{twice.Key}' is named twice")
            : names;
    }

    /// <summary>The names 0 to <paramref name="count"/> − 1.</summary>
    public static string[] Numbered(int count) => [.. Enumerable.Range(0, count).Select(k => k.ToString())];

    /// <summary>The distinct names in ascending order: by value where all are whole numbers, else by code point.</summary>
    public static string[] Sorted(IEnumerable<string> names)
    {
        var distinct = names.Distinct().ToArray();
        return distinct.All(name => int.TryParse(name, out _)) ? [.. distinct.OrderBy(int.Parse)] : [.. distinct.Order(StringComparer.Ordinal)];
    }
}
