using CsvHelper;

namespace Understudy.Data.Formats;

/// <summary>Reads and writes the CSV file that names images with their class and group.</summary>
internal static class ImageList
{
    /// <summary>The name under which a folder holds its list.</summary>
    public const string FileName = "labels.csv";

    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        MaxRecordSize = 1 << 20,
    };

    /// <summary>The name under which a folder holds the list of its images' attributes.</summary>
    public const string AttributesName = "attributes.csv";

    private const string LabelColumn = "label";

    /// <summary>Reads a list: columns <c>file</c> (relative to the list's folder) and, where wanted, <c>label</c> and <c>group</c>.</summary>
    /// <param name="path">A CSV file.</param>
    /// <param name="attribute">The column that takes the place of <c>label</c>, and must then be there.</param>
    /// <exception cref="InputException">A column or value is missing, a file is named twice or lies outside the folder.</exception>
    public static List<ImageEntry> Read(string path, string? attribute = null)
    {
        using var csv = CsvReader.Create(OpenText(path), Options);
        try
        {
            return Read(csv, path, attribute);
        }
        catch (CsvFormatException e)
        {
            var line = Math.Max(1, e.LineNumber);
            throw new InputException($"{path}, line {line}: is no valid CSV; each line has as many values as the first, quoted where they hold a comma", e);
        }
    }

    /// <summary>Writes a list; a column that the first entry lacks is left out.</summary>
    public static void Write(string path, IReadOnlyList<ImageEntry> entries)
    {
        using var csv = CsvWriter.Create(File.Create(path), new CsvWriterOptions { NewLine = "\n" });
        foreach (var row in entries.Prepend(new ImageEntry("file", "label", "group")))
        {
            csv.WriteField(row.Path);
            if (entries[0].Label is not null) csv.WriteField(row.Label);
            if (entries[0].Group is not null) csv.WriteField(row.Group);
            csv.EndRecord();
        }
    }

    /// <summary>Opens a text whose letters are certain: of others, names that differ could become one.</summary>
    private static MemoryStream OpenText(string path)
    {
        var bytes = InputFile.ReadAll(path);
        return Utf8Text.InvalidLine(bytes) is { } line ? throw new InputException($"{path}, line {line}: {Utf8Text.Problem}") : new MemoryStream(bytes);
    }

    private static List<ImageEntry> Read(CsvReader csv, string path, string? attribute)
    {
        int Column(string name) => csv.TryGetFieldIndex(name, out var index) ? index : -1;
        csv.ReadHeader();
        var (file, label, group) = (Column("file"), Column(attribute ?? LabelColumn), Column("group"));
        if (file < 0)
            throw new InputException($"{path}: the first line is '{string.Join(",", csv.Headers.ToArray())}'; it names the columns: file, label, group");
        if (attribute is not null && label < 0)
            throw new InputException($"{path}: no column is called '{attribute}'{NearestName.Hint(attribute, csv.Headers.ToArray())}");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var firstLines = new Dictionary<string, long>();
        var entries = new List<ImageEntry>();
        while (csv.Read())
        {
            var where = $"{path}, line {csv.LineNumber}";
            string? Value(int column, string name) => column < 0 ? null
                : csv.IsEmpty(column) ? throw new InputException($"{where}: has no {name}; fill in the column or leave it out")
                : csv.GetString(column);
            var name = Value(file, "file")!;
            if (Within(folder, name) is not { } target)
                throw new InputException($"{where}: '{name}' lies outside the list's folder; name files within it");
            if (!firstLines.TryAdd(target, csv.LineNumber))
                throw new InputException($"{where}: '{name}' is named a second time, after line {firstLines[target]}");
            entries.Add(new ImageEntry(target, Value(label, attribute ?? LabelColumn), Value(group, "group")));
        }
        return entries;
    }

    private static string? Within(string folder, string name)
    {
        if (Path.IsPathRooted(name) || name.Contains('\0')) return null;
        var target = Path.GetFullPath(Path.Combine(folder, name));
        return target.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? target : null;
    }
}
