using System.Globalization;
using CsvHelper;
using Understudy.Data;

namespace Understudy.Studies;

/// <summary>A table of a report, also written as a CSV file.</summary>
/// <param name="Name">The CSV file's name without its ending; unique in its section.</param>
/// <param name="Caption">What it shows, with units.</param>
/// <param name="Columns">Heads of the columns, the row's name first.</param>
/// <param name="Rows">The rows; the first cell names the row, and each has as many cells as there are columns.</param>
public sealed record ReportTable(string Name, string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows)
{
    /// <summary>Writes the table as CSV, figures in full; a column with intervals is followed by <c>lower</c> and <c>upper</c>.</summary>
    public void WriteCsv(string path) => AtomicFile.Write(path, stream =>
    {
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        var bounded = Columns.Select((_, i) => Rows.Any(row => row[i].Interval is not null)).ToArray();
        foreach (var (i, column) in Columns.Index())
        {
            csv.WriteField(column);
            if (!bounded[i]) continue;
            csv.WriteField($"{column} lower");
            csv.WriteField($"{column} upper");
        }
        csv.EndRecord();
        foreach (var row in Rows)
        {
            foreach (var (i, cell) in row.Index())
            {
                csv.WriteField(cell.Value is { } value ? Figure(value) : cell.Text ?? "");
                if (!bounded[i]) continue;
                csv.WriteField(cell.Interval is { } interval ? Figure(interval.Lower) : "");
                csv.WriteField(cell.Interval is { } same ? Figure(same.Upper) : "");
            }
            csv.EndRecord();
        }
    });

    private static string Figure(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
