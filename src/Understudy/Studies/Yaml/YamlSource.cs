using Understudy.Data;
using Understudy.Data.Formats;

namespace Understudy.Studies.Yaml;

/// <summary>The text of a YAML file, and the name by which errors call it.</summary>
/// <param name="Name">The path as the user gave it.</param>
/// <param name="Text">The content.</param>
internal sealed record YamlSource(string Name, string Text)
{
    private const int MaxBytes = 4_000_000;
    private const int MaxMessage = 1000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">There is none, or it cannot be read.</exception>
    public static YamlSource Open(string path)
    {
        if (Directory.Exists(path)) throw new InputException($"{path} is a folder; give a study file");
        if (!File.Exists(path)) throw new InputException($"no study file {path}{Hint(path)}");
        var bytes = InputFile.ReadStart(path, MaxBytes + 1);
        if (bytes.Length > MaxBytes) throw new InputException($"{path}: more than {MaxBytes} bytes are no study");
        using var reader = new StreamReader(new MemoryStream(bytes));
        var source = new YamlSource(path, reader.ReadToEnd());
        return Utf8Text.InvalidLine(bytes) is { } line ? throw source.Error(line, Utf8Text.Problem) : source;
    }

    /// <summary>An error at a line: <c>study.yaml:12: what is wrong</c>; a message that quotes a long value is cut in its middle.</summary>
    public InputException Error(int line, string message, Exception? inner = null)
    {
        var shown = message.Length <= MaxMessage ? message : $"{message[..(MaxMessage / 2)]}…{message[^(MaxMessage / 2)..]}";
        return new($"{Name}:{Math.Clamp(line, 1, 1 + Text.TrimEnd().Count(c => c == '\n'))}: {shown.ReplaceLineEndings(" ")}", inner);
    }

    private static string Hint(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder)) return "";
        var near = NearestName.Find(Path.GetFileName(path), Directory.EnumerateFiles(folder, "*.y*ml").Select(file => Path.GetFileName(file)));
        return near is null ? "" : $"; did you mean '{near}'?";
    }
}
