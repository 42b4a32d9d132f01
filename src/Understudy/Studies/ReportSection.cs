using Understudy.Data;

namespace Understudy.Studies;

/// <summary>What one stage of a study has to show: text, tables and pictures.</summary>
/// <param name="Id">The section's folder in the run and anchor in the report.</param>
/// <param name="Title">Its head.</param>
/// <param name="Paragraphs">What was done, and how to read what follows.</param>
/// <param name="Tables">The figures.</param>
/// <param name="Pictures">The pictures, whose files lie in the section's folder.</param>
public sealed record ReportSection(
    string Id, string Title, IReadOnlyList<string> Paragraphs, IReadOnlyList<ReportTable> Tables, IReadOnlyList<ReportPicture> Pictures)
{
    /// <summary>Charts of points, shown before the tables.</summary>
    public IReadOnlyList<ReportChart> Charts { get; init; } = [];

    /// <summary>ROC curves, shown after the charts.</summary>
    public IReadOnlyList<ReportCurves> Curves { get; init; } = [];

    /// <summary>The file that is written last.</summary>
    public const string FileName = "section.json";

    /// <summary>Writes every table as CSV and then the section; its pictures must lie in the folder already.</summary>
    public void Write(string folder)
    {
        foreach (var table in Tables) table.WriteCsv(Path.Combine(folder, $"{table.Name}.csv"));
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonText.Write(this));
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null where the stage has not run.</summary>
    public static ReportSection? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? JsonText.Read<ReportSection>(path) : null;
    }
}
