using System.Collections.Concurrent;
using System.Globalization;
using CsvHelper;
using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;

namespace Understudy.Cli.Account;

/// <summary>Adds <c>rdp_epsilon, pld_lower, pld_epsilon, pld_upper</c> to every row of a CSV table of mechanisms, add-or-remove-one neighbours.</summary>
internal static class AccountTable
{
    private static readonly string[] Needed = ["mechanism", "q", "sigma", "steps", "delta"];
    private static readonly string[] Added = ["rdp_epsilon", "pld_lower", "pld_epsilon", "pld_upper"];
    private static readonly CsvReaderOptions Format = new()
    {
        Separator = ',', TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw, FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    /// <summary>Reads a table, accounts for every row and writes it with four more columns; nothing is written if any row is wrong.</summary>
    /// <returns>How many rows.</returns>
    public static int Run(string input, string output, CancellationToken cancellation)
    {
        var (header, rows) = Read(input);
        var answers = new ConcurrentDictionary<(PrivacyEvent, Delta), Answer>();
        Parallel.ForEach(rows.Select(row => (row.Event, row.Delta)).Distinct(), new ParallelOptions { CancellationToken = cancellation },
            question => answers[question] = Answer.To(question.Event, question.Delta));
        AtomicFile.Write(output, stream =>
        {
            using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            foreach (var field in header.Concat(Added)) csv.WriteField(field);
            csv.EndRecord();
            foreach (var row in rows)
            {
                var answer = answers[(row.Event, row.Delta)];
                foreach (var field in row.Fields) csv.WriteField(field);
                foreach (var value in (double[])[answer.Rdp, answer.Pld.Lower.Value, answer.Pld.Upper.Value, answer.Pld.Upper.Value])
                    csv.WriteField(double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "inf");
                csv.EndRecord();
            }
        });
        return rows.Count;
    }

    private static (string[] Header, List<Row> Rows) Read(string path)
    {
        using var csv = CsvReader.Create(InputFile.Open(path), Format);
        try
        {
            csv.ReadHeader();
            var header = csv.Headers.ToArray();
            foreach (var name in Needed)
                if (!header.Contains(name)) throw new InputException($"{path}:1: no column '{name}'; the header must name {string.Join(", ", Needed)}");
            foreach (var name in Added)
                if (header.Contains(name)) throw new InputException($"{path}:1: the column '{name}' is there already");
            var rows = new List<Row>();
            while (csv.Read())
            {
                string[] fields = [.. Enumerable.Range(0, header.Length).Select(csv.GetString)];
                rows.Add(ReadRow(path, csv.LineNumber, header, fields));
            }
            return (header, rows);
        }
        catch (CsvFormatException e)
        {
            throw new InputException(
                $"{path}:{Math.Max(1, e.LineNumber)}: is no valid CSV; each line has as many values as the header, quoted where they hold a comma", e);
        }
    }

    private static Row ReadRow(string path, long line, string[] header, string[] fields)
    {
        try
        {
            string Field(string name) => fields[Array.IndexOf(header, name)];
            return AccountOptions.Ask(() => new Row(fields, Event(Field), new Delta(Number("delta", Field("delta")))));
        }
        catch (InputException e)
        {
            throw new InputException($"{path}:{line}: {e.Message}", e);
        }
    }

    private static PrivacyEvent Event(Func<string, string> field)
    {
        const string composition = "Compose2:";
        var mechanism = field("mechanism");
        if (!mechanism.StartsWith(composition, StringComparison.Ordinal)) return Part(mechanism, field("q"), field("sigma"), field("steps"));
        var names = mechanism[composition.Length..].Split('+');
        string[] Pair(string name) => field(name).Split('|') is { Length: 2 } pair
            ? pair
            : throw new InputException($"{name} is '{field(name)}'; a composition of two needs two values, a|b");
        if (names.Length != 2) throw new InputException($"'{mechanism}' must name two mechanisms, Compose2:A+B");
        string[] rates = Pair("q"), sigmas = Pair("sigma"), steps = Pair("steps");
        return Part(names[0], rates[0], sigmas[0], steps[0]).Then(Part(names[1], rates[1], sigmas[1], steps[1]));
    }

    private static SelfComposedEvent Part(string mechanism, string rate, string sigma, string steps)
    {
        if (!long.TryParse(steps, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            throw new InputException($"steps is '{steps}'; it must be a whole number of at least 1");
        return Mechanism.TableRelease(mechanism, Number("sigma", sigma), Number("q", rate)).Times(count);
    }

    private static double Number(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new InputException($"{name} is '{text}'; it must be a number");

    private sealed record Row(string[] Fields, PrivacyEvent Event, Delta Delta);

    private sealed record Answer(double Rdp, EpsilonBracket Pld)
    {
        public static Answer To(PrivacyEvent question, Delta delta)
        {
            const NeighbouringRelation relation = NeighbouringRelation.AddOrRemoveOne;
            var rdp = new RdpAccountant(relation, RdpAccountant.UsualOrders).EpsilonAt(question, delta);
            // Where losses reach too far for a grid, the Rényi accountant answers, so that one extreme row does not stop a table.
            return new Answer(rdp.Upper.Value, new TightestAccountant(relation).EpsilonAt(question, delta));
        }
    }
}
