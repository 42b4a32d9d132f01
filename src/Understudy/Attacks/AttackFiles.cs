using System.Globalization;
using System.Text.Json;
using Understudy.Data;

namespace Understudy.Attacks;

/// <summary>The files of an attack: <c>scores.csv</c>, <c>roc.csv</c> and, last, <c>result.json</c>.</summary>
public static class AttackFiles
{
    /// <summary>The name of the file that is there when all are.</summary>
    public const string ResultName = "result.json";

    /// <summary>Writes the files of a result that has just been computed.</summary>
    /// <param name="result">With its scores and its curve.</param>
    /// <param name="directory">Made if it is not there.</param>
    public static void Write(AttackResult result, string directory)
    {
        var curve = result.Curve ?? throw new ArgumentException("a result that was read from its file has no curve to write", nameof(result));
        WriteLines(Path.Combine(directory, "scores.csv"), "member,index,score",
            result.Scores.Select(s => string.Create(CultureInfo.InvariantCulture, $"{(s.IsMember ? 1 : 0)},{s.Index},{s.Score:R}")));
        WriteLines(Path.Combine(directory, "roc.csv"), "threshold,fpr,tpr,false_positives,true_positives",
            curve.Points.Select(p => string.Create(CultureInfo.InvariantCulture,
                $"{p.Threshold:R},{p.FalsePositiveRate:R},{p.TruePositiveRate:R},{p.FalsePositives},{p.TruePositives}")));
        AtomicFile.WriteText(Path.Combine(directory, ResultName), JsonText.Write(result));
    }

    /// <summary>Reads the summary that <see cref="Write"/> wrote; scores and the curve at full resolution stay in their files.</summary>
    /// <exception cref="InputException">The file is not there or holds something else.</exception>
    public static AttackResult Read(string directory)
    {
        var path = Path.Combine(directory, ResultName);
        try
        {
            return JsonSerializer.Deserialize<AttackResult>(File.ReadAllText(path), JsonText.Options)
                ?? throw new InputException($"{path} holds no result of an attack");
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            throw new InputException($"{path} holds no result of an attack: {exception.Message}", exception);
        }
    }

    private static void WriteLines(string path, string header, IEnumerable<string> lines) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(header);
        foreach (var line in lines) writer.WriteLine(line);
    });
}
