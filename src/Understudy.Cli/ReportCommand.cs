using System.CommandLine;
using Spectre.Console;
using Understudy.Data;
using Understudy.Studies;
using Understudy.Studies.Grids;

namespace Understudy.Cli;

internal static class ReportCommand
{
    public static Command Create(CliContext cli)
    {
        var folder = new Argument<string>("RUN") { Description = "The run's folder" };
        var compare = new Option<string[]>("--compare") { HelpName = "RUN", AllowMultipleArgumentsPerToken = true, Description = "Other runs to show beside it" };
        var csv = new Option<string?>("--csv") { HelpName = "FILE", Description = "Where the comparison goes as CSV as well" };
        var command = new Command("report", "Write the report of what a run has measured so far, or compare runs") { folder, compare, csv };
        command.SetAction(parse =>
        {
            var path = parse.GetRequiredValue(folder);
            if (parse.GetValue(compare) is { Length: > 0 } others)
            {
                Compare(cli, RunComparison.Of([path, .. others]), parse.GetValue(csv), parse.GetValue(cli.Json));
                return 0;
            }
            if (parse.GetValue(csv) is not null) throw new InputException("--csv writes a comparison; name the runs to compare with by --compare");
            using var run = RunDirectory.Open(path);
            RunFolder.Show(cli, run, RunReport.Write(run, cli.Time), parse.GetValue(cli.Json));
            return 0;
        });
        return command;
    }

    private static void Compare(CliContext cli, RunComparison comparison, string? csv, bool json)
    {
        var figures = comparison.Table();
        if (csv is not null) figures.WriteCsv(csv);
        if (json)
        {
            cli.WriteJson(comparison);
            return;
        }
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in figures.Columns) table.AddColumn(Markup.Escape(column));
        foreach (var row in figures.Rows) table.AddRow(row.Select(Cell));
        cli.WriteTable(table);
        if (comparison.Caveat is { } caveat) cli.Output.WriteLine($"Note: {caveat}.");
    }

    private static Text Cell(ReportCell cell) => new(cell.Value is not { } value ? cell.Text ?? ""
        : cell.Interval is { } interval ? FormattableString.Invariant($"{value:0.000}\n{interval.Lower:0.00}–{interval.Upper:0.00}") : FormattableString.Invariant($"{value:0.000}"));
}
