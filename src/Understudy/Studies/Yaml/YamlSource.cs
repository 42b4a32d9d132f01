using Understudy.Data;

namespace Understudy.Studies.Yaml;

/// <summary>The text of a YAML file, and the name by which errors call it.</summary>
/// <param name="Name">The path as the user gave it.</param>
/// <param name="Text">The content.</param>
internal sealed record YamlSource(string Name, string Text)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">There is none, or it cannot be read.</exception>
    public static YamlSource Open(string path)
    {
        if (Directory.Exists(path)) throw new InputException($"{path} is a folder; give a study file");
        if (!File.Exists(path)) throw new InputException($"no study file {path}{Hint(path)}");
        try
        {
            return new YamlSource(path, File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>An error at a line: <c>study.yaml:12: what is wrong</c>.</summary>
    public InputException Error(int line, string message, Exception? inner = null) =>
        new($"{Name}:{Math.Clamp(line, 1, 1 + Text.TrimEnd().Count(c => c == '\n'))}: {message.ReplaceLineEndings(" ")}", inner);

    private static string Hint(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder)) return "";
        var near = NearestName.Find(Path.GetFileName(path), Directory.EnumerateFiles(folder, "*.y*ml").Select(file => Path.GetFileName(file)));
        return near is null ? "" : $"; did you mean '{near}'?";
    }
}
